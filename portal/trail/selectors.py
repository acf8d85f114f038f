"""Reads over the trail."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from .models import Entry, Head

SETTLED_AFTER = datetime.timedelta(days=1)
"""No transaction stays open this long; `sweep` looks behind it all the same."""


def newest_head() -> Head | None:
    return Head.objects.order_by("-count").first()


def published_heads() -> QuerySet[Head]:
    """Every head; the page turns its leaves by `count`."""
    return Head.objects.all()


def history_of(subject_kind: str, subject_key: str) -> list[Entry]:
    """What happened to one subject, oldest first. Reasons may be private: the caller decides what to show."""
    return list(Entry.objects.of(subject_kind, subject_key))


def histories_of(subject_kind: str, subject_keys: Iterable[str], verbs: Iterable[str]) -> list[Entry]:
    """Certain steps of several subjects in the order they were written; one query."""
    rows = Entry.objects.filter(subject_kind=subject_kind, subject_key__in=list(subject_keys), verb__in=list(verbs))
    return list(rows.order_by("id"))


def sealing_floor() -> int:
    """The entry id below which everything was committed, hence sealed, more than a day ago."""
    settled = Head.objects.filter(published_at__lt=timezone.now() - SETTLED_AFTER).order_by("-count").first()
    return settled.top_entry_id if settled else 0


def stragglers(older_than: datetime.timedelta = SETTLED_AFTER) -> int:
    """Entries that should have been sealed long ago: a full look, slow on purpose, for `doctor`."""
    return Entry.objects.unsealed().filter(at__lt=timezone.now() - older_than).count()
