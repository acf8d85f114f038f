"""每日汇总: which messages stand in which day's mail. Decided once, in one transaction, before anything is sent."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from ..models import Delivery, Digest
from ..rules import DIGEST, digest_window

WAITING = {"channel": DIGEST, "state": Delivery.State.QUEUED, "digest": None}


def gather_digests(*, limit: int) -> int:
    """Make the summaries that are due, at most `limit`; how many. What came after the hour waits for the next day.

    May run beside itself and be killed: a message belongs to the first summary it was written into, and a person has
    one a day, so a clock that is put back or a changed hour delays and never repeats.
    """
    made = 0
    for person, day, opened in _due_people():
        if made >= limit:
            break
        made += _gather(person, day, opened)
    return made


def _due_people() -> Iterator[tuple[Any, date, datetime]]:
    """(user key, day, moment the window opened) of everybody with messages from before it and without the mail."""
    now = timezone.localtime()
    waiting = (
        Delivery.objects.filter(**WAITING)
        .values_list("message__recipient", "message__recipient__digest_hour__hour")
        .annotate(oldest=Min("due_at"))
        .order_by("oldest")
    )
    due = [
        (person, *window)
        for person, hour, oldest in waiting
        if oldest < (window := digest_window(now, settings.OUTBOX_DIGEST_HOUR if hour is None else hour))[1]
    ]
    made = set(Digest.objects.filter(day__in={day for _person, day, _opened in due}).values_list("user", "day"))
    return ((person, day, opened) for person, day, opened in due if (person, day) not in made)


def _gather(person: Any, day: date, opened: datetime) -> bool:
    with transaction.atomic(durable=True):
        digest, is_new = Digest.objects.get_or_create(user_id=person, day=day)
        if not is_new:
            return False  # another worker was faster
        mine = Delivery.objects.filter(**WAITING, message__recipient=person, due_at__lt=opened)
        keys = list(mine.values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=keys, state=Delivery.State.QUEUED, digest=None).update(digest=digest)
    return True
