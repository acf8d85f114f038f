"""What text messages cost in a day, in parts as the gateway bills them (SMS_DAILY_LIMIT; 0 for no limit)."""

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import SmsDay
from ..registry import operators
from .queueing import queue_messages

KIND = "operations"


def take_parts(parts: int) -> bool:
    """Whether so many may still leave today; if so they are counted. A refusal is told to the operators, once a day."""
    limit, day = settings.SMS_DAILY_LIMIT, timezone.localdate()
    today = _today()
    if limit:
        today = today.filter(parts__lte=limit - parts)
    if today.update(parts=F("parts") + parts):
        return True
    queue_messages(
        event=f"sms-limit:{day.isoformat()}",
        kind=KIND,
        recipients=operators(),
        title=_("今天的短信已达到每日上限（%(limit)d 条），其余的等到明天") % {"limit": limit},
        body=_("请核对是否有人滥用；确需今天发出的，请调高 SMS_DAILY_LIMIT 并重启。验证码短信不受影响。"),
    )
    return False


def give_parts_back(parts: int) -> None:
    """The gateway certainly did not take it."""
    _today().update(parts=Greatest(F("parts"), parts) - parts)


def count_parts(parts: int) -> None:
    """Log-in codes are counted and never held back: limits of their own keep them few (portal.gate)."""
    _today().update(parts=F("parts") + parts)


def _today() -> QuerySet[SmsDay]:
    day = timezone.localdate()
    SmsDay.objects.bulk_create([SmsDay(day=day)], ignore_conflicts=True)
    return SmsDay.objects.filter(day=day)
