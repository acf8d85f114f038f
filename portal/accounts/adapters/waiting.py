"""One code a minute, by number and by session: the wait that the page counts down is the server's as well."""

import math
import time

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.gate.services import begin_wait

from .. import rules

SESSION_KEY = "code_sent_at"


def seconds_to_wait(request: HttpRequest, address: str) -> int:
    """0 when a code may go to this number or mailbox now, and then the wait begins; otherwise what is left of it."""
    wait = settings.CODE_WAIT_SECONDS
    if wait <= 0:
        return 0
    left = math.ceil(wait - (time.time() - request.session.get(SESSION_KEY, 0)))
    if 0 < left <= wait:
        return left
    left = begin_wait("code", rules.normalised(address).lower(), wait)
    if not left:
        request.session[SESSION_KEY] = time.time()
    return left


def asked_too_soon(seconds: int) -> str:
    words = _("验证码刚刚发过，请等 %(seconds)d 秒再获取；已经收到的验证码仍然有效。")
    return words % {"seconds": seconds}
