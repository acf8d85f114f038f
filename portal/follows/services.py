"""Following, unfollowing, and telling those who follow; all may be repeated without harm."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError

from portal.outbox.services import queue_messages
from portal.trail.subjects import subjects_of

from . import selectors
from .models import TOPICS, Follow

NEWS = "followed_topic"
MOST = 1000  # follows of one person; each saved search is read at every publication
TRIES = 5  # of somebody who presses two buttons at once


class TooMany(Exception):
    """The person follows MOST things already."""


def usual_frequency(subject_kind: str) -> str:
    """What brings news every day comes as a summary, unless the follower says otherwise."""
    return (Follow.Frequency.DAILY if subject_kind in TOPICS else Follow.Frequency.IMMEDIATE).value


def follow(*, user: Any, subject_kind: str, subject_key: str, frequency: str = "") -> bool:
    """True when this call created the follow; an existing one keeps its frequency. May raise TooMany.

    Django gives up where the row that was in the way is gone before it is read: another press took it back meanwhile.
    """
    frequency = frequency or usual_frequency(subject_kind)
    if Follow.objects.filter(user=user).count() >= MOST and not selectors.is_following(user, subject_kind, subject_key):
        raise TooMany
    wanted = {"user": user, "subject_kind": subject_kind, "subject_key": subject_key}
    for _again in range(TRIES):
        try:
            return Follow.objects.get_or_create(**wanted, defaults={"frequency": frequency})[1]
        except IntegrityError:
            continue
    return Follow.objects.get_or_create(**wanted, defaults={"frequency": frequency})[1]


def unfollow(*, user: Any, subject_kind: str, subject_key: str) -> None:
    Follow.objects.filter(user=user, subject_kind=subject_kind, subject_key=subject_key).delete()


def set_frequency(*, user: Any, subject_kind: str, subject_key: str, frequency: str) -> None:
    Follow.objects.filter(user=user, subject_kind=subject_kind, subject_key=subject_key).update(
        frequency=Follow.Frequency(frequency)
    )


def move_followers(*, subject_kind: str, from_key: str, to_key: str) -> int:
    """Whoever followed a merged matter follows the one it was merged into; how many had not yet."""
    old = list(Follow.objects.filter(subject_kind=subject_kind, subject_key=from_key).select_related("user"))
    return sum(
        follow(user=row.user, subject_kind=subject_kind, subject_key=to_key, frequency=row.frequency) for row in old
    )


def queue_to_followers(
    *,
    event: str,
    kind: str,
    subject_kind: str,
    subject_key: str,
    title: str,
    body: str = "",
    url: str = "",
    followed_kind: str = "",
    followed_key: str = "",
    recipients: Iterable[Any] = (),
    except_for: Iterable[Any] = (),
) -> int:
    """Tell the subject's followers and the explicit `recipients` once each; the number of people told by this call.

    Explicit recipients are told at once, even when they also follow with a daily summary. Followers who may not see
    the subject any more are left out. `except_for` names those who need not hear, such as the person who did it.
    `followed_kind` and `followed_key`: what they follow, where the message stands with another matter: a thread's with
    its owner.
    """
    followers = selectors.followers_who_may_see(followed_kind or subject_kind, followed_key or subject_key)
    explicit = {user.pk: user for user in recipients}
    left_out = {user.pk for user in except_for if user is not None}
    people = {user.pk: user for user, _frequency in followers} | explicit
    frequencies = {user.pk: frequency for user, frequency in followers if user.pk not in explicit}
    return queue_messages(
        event=event,
        kind=kind,
        recipients=[user for key, user in people.items() if key not in left_out],
        title=title,
        body=body,
        url=url,
        subject_kind=subject_kind,
        subject_key=subject_key,
        frequencies=frequencies,
    )


def queue_news(
    *,
    event: str,
    topics: Iterable[tuple[str, str]],
    words: str,
    subject_kind: str,
    subject_key: str,
    title: str,
    body: str = "",
    url: str = "",
) -> int:
    """Tell of a new matter whoever follows one of its `topics` (kind, key) or a search that `words` answer.

    `words` are what the public may read of it. With the event of the matter's publication its author and its followers,
    told before, hear nothing twice.
    """
    people = selectors.frequencies_of([*topics, *selectors.searches_met_by(words)])
    subject = subjects_of(subject_kind, [subject_key]).get(subject_key)
    allowed = [user for user, _frequency in people.values() if subject is None or subject.visible_to(user)]
    return queue_messages(
        event=event,
        kind=NEWS,
        recipients=allowed,
        title=title,
        body=body,
        url=url,
        subject_kind=subject_kind,
        subject_key=subject_key,
        frequencies={key: frequency for key, (_user, frequency) in people.items()},
    )
