from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    name = "participation.evaluations"
    label = "evaluations"
    verbose_name = _("评价")

    def ready(self) -> None:
        from participation.moderation.registry import register_owner
        from portal.accounts.permissions import grant
        from portal.frame.navigation import register_item
        from portal.operations.registry import register_check, register_job
        from portal.pagecache.registry import register_page
        from portal.trail.subjects import register_subject

        from . import checks, services
        from .adapters.reviewing import comments_as_subjects, review_owner
        from .permissions import ROLES

        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_owner("evaluation_comment", review_owner())
        register_subject("evaluation_comment", comments_as_subjects, _("评价意见"))
        register_item("evaluations", _("评议公开"), "evaluations:list", 60, icon="check")
        register_page("evaluations:list", "division", "kind", "unit", "period", "cursor")
        register_page("evaluations:detail")
        register_check("evaluations", checks.findings)
        register_job(
            "publish_evaluations", lambda: f"published {services.publish_due()} batches", every=timedelta(hours=6)
        )
