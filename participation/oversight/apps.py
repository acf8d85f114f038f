from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "participation.oversight"
    label = "oversight"
    verbose_name = _("监督")

    def ready(self) -> None:
        from participation.evaluations.registry import RoundKind
        from participation.evaluations.registry import register_kind as register_evaluation
        from portal.accounts.panels import register_panel
        from portal.accounts.permissions import grant
        from portal.accounts.registry import never_keep_text_of
        from portal.frame.navigation import register_item
        from portal.jurisdictions.clauses import register_evaluator
        from portal.operations.registry import register_job
        from portal.outbox.registry import register_kind
        from portal.pagecache.registry import register_page
        from portal.trail.subjects import register_subject

        from . import clauses, selectors, services
        from .adapters import is_secret_answer, subjects
        from .notifications import RATING, WORK
        from .permissions import ROLES, user_can_manage_round
        from .services.rating import ROUND_KIND

        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_kind(RATING, _("请我测评的工作评议"), is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
        register_kind(WORK, _("本单位的工作评议"), is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
        register_subject(services.SUBJECT_KIND, subjects)
        never_keep_text_of(is_secret_answer)
        register_evaluation(
            RoundKind(
                key=ROUND_KIND,
                label=_("工作评议"),
                definition=_(
                    "议事代表对被评议单位的工作无记名测评，每人一次；没有评价的不算满意；在被评议单位任职的不参加；"
                    "等次按开始时的名册人数计算；"
                    "经街道党工委研究同意后公开。"
                ),
                is_automatic=False,
                user_can_manage=user_can_manage_round,
            )
        )
        register_evaluator("X12", clauses.results_dispatched)
        register_evaluator("X47", clauses.appraisals_held)
        register_job(
            "remind_due_reports", lambda: f"reminded {services.remind_due_reports()}", every=timedelta(hours=6)
        )
        register_item("appraisals", _("工作评议"), "oversight:list", 62, icon="check", in_navigation=False)
        register_page("oversight:list", "division", "year", "unit", "state", "cursor")
        register_panel("appraisals_to_rate", "oversight/rate_me_panel.html", selectors.own_panel, order=10)
