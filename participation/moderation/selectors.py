"""Reads for the queue: what this reviewer may see, with the owner's facts beside each review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import divisions_of
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import full_names
from portal.trail.selectors import history_of

from .models import Review
from .querysets import ReviewQuerySet
from .registry import OwnerSummary, owner_of, owners
from .rules import DECIDE, VIEW

LONG_WAIT = timedelta(days=3)


def scope_of(user: Any, permission: str) -> list[Division] | None:
    """The divisions in which the user holds the permission; None for a superuser: everywhere."""
    if not user.is_active:
        return []
    if user.is_superuser:
        return None
    roles = roles_granted(permission)
    divisions: list[Division] = divisions_of(user, *roles) if roles else []
    return divisions


def reviews_for(user: Any, permission: str = VIEW) -> ReviewQuerySet:
    """Every review in the user's scope, whatever its state; imports that rest unpublished are among them."""
    rows = Review.objects.select_related("division", "claimed_by", "decided_by")
    scope = scope_of(user, permission)
    return rows if scope is None else rows.in_divisions([division.path for division in scope])


def with_summaries(reviews: Iterable[Review]) -> list[Review]:
    """The rows with `.summary` (OwnerSummary or None) set; one resolver call per kind."""
    rows = list(reviews)
    found: dict[int, OwnerSummary] = {}
    for kind, owner in owners().items():
        mine = [row for row in rows if row.kind == kind]
        if mine:
            found.update(owner.resolve(mine))
    for row in rows:
        row.summary = found.get(row.pk)
    return rows


@dataclass(frozen=True)
class Step:
    """One line of a review's history."""

    at: datetime
    actor: str
    verb: str
    from_state: str
    to_state: str
    reason: str


def history(review: Review) -> list[Step]:
    """From the trail, oldest first, with the names of those who acted; two queries."""
    owner = owner_of(review.kind)
    words = owner.verb_labels
    entries = history_of(owner.subject_kind, review.subject_key)
    people = get_user_model().objects.filter(trail_id__in={entry.actor for entry in entries})
    names = {person.trail_id: person.get_full_name() for person in people}
    return [
        Step(
            at=entry.at,
            actor=names.get(entry.actor, ""),
            verb=str(words.get(entry.verb, entry.verb)),
            from_state=entry.from_state,
            to_state=entry.to_state,
            reason=entry.reason,
        )
        for entry in entries
    ]


@dataclass(frozen=True)
class QueueCounts:
    waiting: int
    mine: int
    long_waiting: int


def queue_counts(user: Any) -> QueueCounts:
    """For the home panel."""
    waiting = reviews_for(user, DECIDE).waiting()
    return QueueCounts(
        waiting=waiting.count(),
        mine=waiting.filter(claimed_by=user).count(),
        long_waiting=waiting.filter(submitted_at__lt=timezone.now() - LONG_WAIT).count(),
    )


def transfer_targets(review: Review) -> list[tuple[str, list[tuple[int, str]]]]:
    """Subdistricts and townships of the same city, grouped by county, for a select."""
    city = "/".join(review.division.path.split("/")[:2]) + "/"
    levels = [Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP]
    rows = list(
        Division.objects.filter(path__startswith=city, level__in=levels)
        .exclude(pk=review.division_id)
        .select_related("parent")
        .order_by("path")
    )
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        groups.setdefault(str(row.parent), []).append((row.pk, row.name))
    return list(groups.items())


def division_names(reviews: Iterable[Review]) -> dict[int, str]:
    return full_names({review.division for review in reviews})
