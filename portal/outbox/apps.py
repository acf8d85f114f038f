from datetime import timedelta

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "portal.outbox"
    label = "outbox"
    verbose_name = "消息"

    def ready(self) -> None:
        from portal.operations.registry import register_check, register_job

        from .checks import deliver_and_say, delivery_findings

        register_job("deliver", deliver_and_say, every=timedelta(minutes=1))
        register_check("outbox", delivery_findings)
