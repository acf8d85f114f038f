"""Reads over the trail."""

import datetime

from django.utils import timezone

from .models import Entry, Head

SETTLED_AFTER = datetime.timedelta(days=1)
"""No transaction stays open this long; `sweep` looks behind it all the same."""


def newest_head() -> Head | None:
    return Head.objects.order_by("-count").first()


def heads_before(count: int | None, size: int) -> tuple[list[Head], int | None]:
    """One page of published heads, newest first, and the cursor of the next page (None at the end)."""
    heads = Head.objects.order_by("-count")
    if count is not None:
        heads = heads.filter(count__lt=count)
    page = list(heads[: size + 1])
    return page[:size], page[size - 1].count if len(page) > size else None


def history_of(subject_kind: str, subject_key: str) -> list[Entry]:
    """What happened to one subject, oldest first. Reasons may be private: the caller decides what to show."""
    return list(Entry.objects.of(subject_kind, subject_key))


def sealing_floor() -> int:
    """The entry id below which everything was committed, hence sealed, more than a day ago."""
    settled = Head.objects.filter(published_at__lt=timezone.now() - SETTLED_AFTER).order_by("-count").first()
    return settled.top_entry_id if settled else 0


def stragglers(older_than: datetime.timedelta = SETTLED_AFTER) -> int:
    """Entries that should have been sealed long ago: a full look, slow on purpose, for `doctor`."""
    return Entry.objects.unsealed().filter(at__lt=timezone.now() - older_than).count()
