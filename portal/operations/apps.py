from datetime import timedelta

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "portal.operations"
    label = "operations"

    def ready(self) -> None:
        from django.conf import settings

        from . import checks
        from .adapters.command_words import speak_chinese
        from .registry import register_job
        from .services.backup import back_up

        speak_chinese()
        checks.register()
        if settings.BACKUP_DAILY:
            register_job("backup", lambda: str(back_up(keep=settings.BACKUP_KEEP)), every=timedelta(days=1))
