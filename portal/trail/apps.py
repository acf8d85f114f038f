from datetime import timedelta

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "portal.trail"
    label = "trail"

    def ready(self) -> None:
        from portal.operations.registry import register_check, register_job

        from . import checks, services

        register_check("trail", checks.findings)
        register_job("seal_trail", lambda: f"sealed {services.seal()}", every=timedelta(minutes=10))
        register_job("sweep_trail", lambda: f"sealed {services.seal(sweep=True)}", every=timedelta(days=1))
