"""Following and unfollowing; both may be repeated without harm."""

from typing import Any

from .models import Follow


def follow(*, user: Any, subject_kind: str, subject_key: str) -> bool:
    """True when this call created the follow."""
    created = Follow.objects.bulk_create(
        [Follow(user=user, subject_kind=subject_kind, subject_key=subject_key)], ignore_conflicts=True
    )
    return bool(created)


def unfollow(*, user: Any, subject_kind: str, subject_key: str) -> None:
    Follow.objects.filter(user=user, subject_kind=subject_kind, subject_key=subject_key).delete()
