from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    name = "participation.evaluations"
    label = "evaluations"
    verbose_name = _("评价")

    def ready(self) -> None:
        from portal.operations.registry import register_check, register_job

        from . import checks, services

        register_check("evaluations", checks.findings)
        register_job(
            "publish_evaluations", lambda: f"published {services.publish_due()} batches", every=timedelta(hours=6)
        )
