"""Log-in codes: sent at once, never queued, never stored here."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.selectors import site_name

from ..backends import channel_for
from ..backends.sms import Text
from ..rules import text_parts
from ..selectors import sender_sign
from .spending import count_parts

PURPOSES = {
    "login": _("登录"),
    "signup": _("注册"),
    "verify": _("验证身份"),
    "password": _("重设密码"),
}


def send_code_now(*, channel: str, address: str, code: str, purpose: str = "login", minutes: int = 5) -> None:
    """Send a one-time code by "sms" or "email" and return when it left.

    Raises ChannelUnavailable (its text may be shown) or NotSent. The code is written nowhere, neither into the database
    nor into a log; only the demo's text messages go to var/sms.log.
    """
    line = channel_for(channel)
    context: dict[str, Any] = {
        "site_name": site_name(),
        "sign": sender_sign(),
        "code": code,
        "purpose": PURPOSES.get(purpose, purpose),
        "minutes": minutes,
    }
    letter: Any
    if channel == "sms":
        words = render_to_string("emails/outbox/code_sms.txt", context).strip()
        letter = Text(address, words, get_random_string(32), template="code", parameters={"code": code})
    else:
        letter = EmailMultiAlternatives(
            subject=render_to_string("emails/outbox/code_subject.txt", context).strip(),
            body=render_to_string("emails/outbox/code.txt", context).strip() + "\n",
            to=[address],
            headers={"Auto-Submitted": "auto-generated"},
        )
        letter.attach_alternative(render_to_string("emails/outbox/code.html", context), "text/html")
    try:
        line.open()
        line.transmit(letter)
        if channel == "sms":
            count_parts(text_parts(letter.words))
    finally:
        line.close()
