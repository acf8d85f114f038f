"""Steps that the tests of the doors share."""

import re

from captcha.models import CaptchaStore
from django.conf import settings
from django.core.signing import dumps

from portal.gate.forms import AGE_SALT


def texts_sent():
    return settings.SMS_LOG.read_text() if settings.SMS_LOG.exists() else ""


def last_code():
    """The code in the newest text message."""
    return re.findall(r"\b(\d{6})\b", texts_sent())[-1]


def captcha_answer():
    key = CaptchaStore.generate_key()
    return {"captcha_0": key, "captcha_1": CaptchaStore.objects.get(hashkey=key).response}


def signup_data(**values):
    return {
        "door": "phone",
        "phone": "13900000001",
        "is_over_14": "on",
        "accepts_privacy": "on",
        "form_age": dumps(0, salt=AGE_SALT),
        **captcha_answer(),
        **values,
    }
