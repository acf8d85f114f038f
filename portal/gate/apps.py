from datetime import timedelta

from django.apps import AppConfig


def clean_captchas() -> str:
    """Remove expired questions."""
    from captcha.models import CaptchaStore

    CaptchaStore.remove_expired()
    return "expired captchas removed"


class GateConfig(AppConfig):
    name = "portal.gate"
    label = "gate"

    def ready(self) -> None:
        from portal.operations.registry import register_job

        register_job("captcha_clean", clean_captchas, every=timedelta(days=1))
