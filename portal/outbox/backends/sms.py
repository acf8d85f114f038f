"""短信: a gateway named by SMS_GATEWAY: the demo's own, the one in aliyun.py, or a class of whoever runs the portal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .base import NotSent


@dataclass(frozen=True)
class Text:
    """`key` stays the same when the same text is sent again, for gateways that refuse repeats.

    `words` are the whole text; a gateway with registered templates takes `parameters` of `template` instead: title and
    number of a "notice", code of a "code".
    """

    number: str
    words: str
    key: str
    template: str = "notice"
    parameters: Mapping[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    """May also say `why_unavailable()`: a sentence for people, empty where it can be used."""

    def send(self, text: Text) -> None:
        """Hand over one text; raise NotSent only where the gateway certainly did not take it."""


class SmsChannel:
    name = "sms"

    def __init__(self) -> None:
        self.gateway: Gateway | None = None

    def why_unavailable(self) -> str:
        if not settings.SMS_GATEWAY:
            return _("短信没有开通：请管理员设置 SMS_GATEWAY。需要帮助请拨打联络站电话。")
        if settings.SMS_GATEWAY == "demo" and not settings.DEMO_CHANNELS:
            return _("演示短信只能在演示环境使用：请管理员把 SMS_GATEWAY 改为真实的短信网关。")
        if settings.SMS_GATEWAY == "demo":
            return ""
        ask = getattr(import_string(settings.SMS_GATEWAY)(), "why_unavailable", None)
        return str(ask()) if ask else ""

    def open(self) -> None:
        if self.gateway is None:
            demo = settings.SMS_GATEWAY == "demo"
            self.gateway = DemoGateway() if demo else import_string(settings.SMS_GATEWAY)()

    def transmit(self, letter: Text) -> None:
        if self.gateway is None:
            raise NotSent("channel is not open")
        self.gateway.send(letter)

    def close(self) -> None:
        self.gateway = None


class DemoGateway:
    """Writes texts to a file instead of sending them (settings.SMS_LOG)."""

    def send(self, text: Text) -> None:
        path = Path(settings.SMS_LOG)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{timezone.localtime():%Y-%m-%d %H:%M:%S} {text.number} {text.words.replace(chr(10), ' ')}\n")
