from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "participation.ledger"
    label = "ledger"
    verbose_name = _("台账")

    def ready(self) -> None:
        """Hand the lower floors what they must reach up here for."""
        from liaison_stations.deputies.registry import register_performance
        from participation.evaluations.registry import RoundKind
        from participation.evaluations.registry import register_kind as register_evaluation
        from portal.accounts.panels import register_panel
        from portal.accounts.permissions import grant
        from portal.accounts.personal_data import register_personal_data
        from portal.accounts.registry import never_keep_text_of
        from portal.frame.navigation import register_item
        from portal.lookup.registry import register_prefix
        from portal.operations.registry import register_job
        from portal.outbox.registry import register_absent, register_kind
        from portal.pagecache.registry import register_page
        from portal.trail.subjects import register_subject

        from .adapters import categories_as_subjects, is_secret_answer, subjects
        from .permissions import ROLES
        from .rules.naming import PREFIX
        from .selectors import absent_parties, deputy_panel, found_by_number, own_panel
        from .selectors.suggestions import suggestions_put_forward
        from .services import (
            OWN_HEADINGS,
            ask_whether_solved,
            empty_own,
            export_own,
            refresh_due_days,
            refresh_statistics,
            remind_due_items,
        )
        from .services.moves import ROUND_KIND

        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_kind("own_matter", _("我提出的事项办理有进展"))  # type: ignore[arg-type]  # lazy: read per language
        register_kind("followed_matter", _("我关注的事项办理有进展"))  # type: ignore[arg-type]  # lazy: read per language
        register_kind("whether_solved", _("问我反映的事解决了没有"), has_link=True)  # type: ignore[arg-type]  # lazy: read per language
        register_kind("unit_work", _("交办给本单位的事项"), is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
        register_kind("ledger_watch", _("台账督办"), is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
        register_kind("deputy_request", _("商请我提出代表建议的事项"), is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
        register_subject("ledger_item", subjects, _("办理事项"))
        register_subject("category", categories_as_subjects, _("类别"))
        never_keep_text_of(is_secret_answer)
        register_evaluation(
            RoundKind(
                key=ROUND_KIND,
                label=_("事项办理"),
                definition=_(
                    "事项办结后由评价人各评一次；没有评价的不算满意；评价人选择公开的评价见各事项，不计入；"
                    "不足5份的合并到满5份再公布，按公布日期计入期间。"
                ),
            )
        )
        register_performance(
            "suggestions",
            _("提出代表建议"),
            suggestions_put_forward,
            20,
            unit=_("件"),
            definition=_(
                "应人大街道工委商请，就台账里公开的事项提出的代表建议，按提出日期计；其他代表建议不在本站登记。"
            ),
        )
        register_absent("ledger_item", absent_parties)
        register_job("ask_whether_solved", lambda: f"asked {ask_whether_solved()}", every=timedelta(hours=3))
        register_job("remind_due_items", lambda: f"reminded {remind_due_items()}", every=timedelta(hours=3))
        register_job(
            "refresh_ledger_statistics", lambda: f"counted {refresh_statistics()} cells", every=timedelta(hours=1)
        )
        register_page("ledger:statistics", "division")
        register_item("ledger", _("办理台账"), "ledger:list", 50, icon="text")
        register_page("ledger:list", "division", "unit", "category", "state", "source", "overdue", "cursor")
        register_page("ledger:detail")
        register_page("ledger:process")
        register_prefix(PREFIX, found_by_number)
        register_panel("asked_deputies", "ledger/asked_me_panel.html", deputy_panel, order=11)
        register_panel("own_matters", "ledger/item_me_panel.html", own_panel, order=12)
        register_personal_data("ledger", export_own, empty_own, label=_("台账"), headings=OWN_HEADINGS)
        register_job("refresh_due_days", refresh_due_days, every=timedelta(hours=6))
