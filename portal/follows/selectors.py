"""Who follows what."""

from collections import defaultdict
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from portal.trail.subjects import Subject, subjects_of

from .models import Follow


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
    """Rows to show: {"follow", "subject"}; the subject is None where this person may not (or no longer) see it."""
    keys: dict[str, list[str]] = defaultdict(list)
    for row in follows:
        keys[row.subject_kind].append(row.subject_key)
    known = {(kind, key): subject for kind in keys for key, subject in subjects_of(kind, keys[kind]).items()}
    rows = []
    for row in follows:
        subject = known.get((row.subject_kind, row.subject_key))
        rows.append({"follow": row, "subject": subject if subject and subject.visible_to(user) else None})
    return rows


def personal_data(user: Any) -> list[dict[str, Any]]:
    """What the person follows, for the export of one's own data."""
    fields = ["subject_kind", "subject_key", "frequency", "created_at"]
    return [dict(row) for row in follows_of(user).order_by("created_at").values(*fields)]
