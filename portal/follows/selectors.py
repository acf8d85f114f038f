"""Who follows what."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from portal.jurisdictions.models import Division
from portal.outbox.rules import QUIETER
from portal.search.text import queries_met_by
from portal.trail.subjects import Subject, kind_in_words, subjects_of

from .models import DIVISION, SEARCH, Follow


def frequencies_of(topics: Iterable[tuple[str, str]]) -> dict[Any, tuple[Any, str]]:
    """{user key: (user, frequency)} of the active followers of any of the topics: the loudest of their wishes."""
    wanted = Q()
    for kind, key in topics:
        wanted |= Q(subject_kind=kind, subject_key=key)
    if not wanted:
        return {}
    people: dict[Any, tuple[Any, str]] = {}
    for row in Follow.objects.filter(wanted, user__is_active=True).select_related("user").order_by("user_id"):
        _user, known = people.get(row.user_id, (row.user, Follow.Frequency.NONE.value))
        people[row.user_id] = row.user, min(row.frequency, known, key=QUIETER.index)
    return people


def division_topics(place: Division) -> list[tuple[str, str]]:
    """The place and everything it lies in: who follows a county hears of its streets."""
    return [(DIVISION, row.key) for row in Division.objects.ancestors_of(place, include_self=True)]


def searches_met_by(words: str) -> list[tuple[str, str]]:
    """The followed searches that this text answers, as topics."""
    asked = Follow.objects.filter(subject_kind=SEARCH, user__is_active=True).values_list("subject_key", flat=True)
    return [(SEARCH, query) for query in queries_met_by(words, asked.distinct())]


def followers(subject_kind: str, subject_key: str) -> QuerySet[Any]:
    """Active users who follow the subject."""
    return get_user_model().objects.filter(
        is_active=True, follows__subject_kind=subject_kind, follows__subject_key=subject_key
    )


def followers_who_may_see(subject_kind: str, subject_key: str) -> list[tuple[Any, str]]:
    """(user, frequency) of the active followers to whom the subject may be shown; all of them for an unknown kind."""
    rows = Follow.objects.filter(user__is_active=True, subject_kind=subject_kind, subject_key=subject_key)
    people = [(row.user, row.frequency) for row in rows.select_related("user").order_by("user_id")]
    subject = subjects_of(subject_kind, [subject_key]).get(subject_key)
    return [(user, frequency) for user, frequency in people if subject is None or subject.visible_to(user)]


def follower_count(subject_kind: str, subject_key: str) -> int:
    return Follow.objects.filter(user__is_active=True, subject_kind=subject_kind, subject_key=subject_key).count()


def is_following(user: Any, subject_kind: str, subject_key: str) -> bool:
    if not user.is_authenticated:
        return False
    return Follow.objects.filter(user=user, subject_kind=subject_kind, subject_key=subject_key).exists()


def followable(user: Any, subject_kind: str, subject_key: str) -> Subject | None:
    """The subject, if it exists and this person may see it."""
    subject = subjects_of(subject_kind, [subject_key]).get(subject_key)
    return subject if subject is not None and subject.visible_to(user) else None


def follows_of(user: Any) -> QuerySet[Follow]:
    return Follow.objects.filter(user=user)


def with_subjects(user: Any, follows: list[Follow]) -> list[dict[str, Any]]:
    """Rows to show: {"follow", "subject", "kind"}; the subject is None where this person may not see it (any more)."""
    keys: dict[str, list[str]] = defaultdict(list)
    for row in follows:
        keys[row.subject_kind].append(row.subject_key)
    known = {(kind, key): subject for kind in keys for key, subject in subjects_of(kind, keys[kind]).items()}
    rows = []
    for row in follows:
        subject = known.get((row.subject_kind, row.subject_key))
        shown = subject if subject and subject.visible_to(user) else None
        rows.append({"follow": row, "subject": shown, "kind": kind_in_words(row.subject_kind)})
    return rows


def personal_data(user: Any) -> list[dict[str, Any]]:
    """What the person follows, for the export of one's own data."""
    fields = ["subject_kind", "subject_key", "frequency", "created_at"]
    return [dict(row) for row in follows_of(user).order_by("created_at").values(*fields)]
