from datetime import timedelta

from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "portal.idempotency"
    label = "idempotency"

    def ready(self) -> None:
        from portal.operations.registry import register_job

        from .services import forget_old

        register_job("forget form keys", forget_old, every=timedelta(days=1))
