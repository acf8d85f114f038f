"""Who follows what."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from .models import Follow


def followers(subject_kind: str, subject_key: str) -> QuerySet[Any]:
    """Active users who follow the subject."""
    return get_user_model().objects.filter(
        is_active=True, follows__subject_kind=subject_kind, follows__subject_key=subject_key
    )


def is_following(user: Any, subject_kind: str, subject_key: str) -> bool:
    if not user.is_authenticated:
        return False
    return Follow.objects.filter(user=user, subject_kind=subject_kind, subject_key=subject_key).exists()
