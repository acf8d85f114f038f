"""What people do with their own messages."""

from typing import Any

from django.utils import timezone

from ..models import Message, Preference


def mark_read(*, user: Any, message_id: int) -> int:
    """How many became read: 0 when it was read before or is somebody else's."""
    return Message.objects.filter(recipient=user, pk=message_id, read_at=None).update(read_at=timezone.now())


def mark_all_read(*, user: Any) -> int:
    return Message.objects.filter(recipient=user, read_at=None).update(read_at=timezone.now())


def set_preference(*, user: Any, kind: str, wanted: bool) -> None:
    """Whether `kind` also leaves the site (mail, text message, phone or visit); the inbox itself always keeps it."""
    if wanted:
        Preference.objects.filter(user=user, kind=kind).delete()
    else:
        Preference.objects.bulk_create([Preference(user=user, kind=kind)], ignore_conflicts=True)
