from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "portal.outbox"
    label = "outbox"
    verbose_name = "消息"

    def ready(self) -> None:
        from portal.operations.registry import register_check, register_job

        from .checks import deliver_and_say, delivery_findings
        from .registry import register_kind
        from .services.spending import KIND

        register_job("deliver", deliver_and_say, every=timedelta(minutes=1))
        register_check("outbox", delivery_findings)
        register_kind(KIND, _("系统运行"), by_sms=False, is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
