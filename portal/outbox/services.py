"""Queueing what must be told, in the transaction of the change that causes it."""

from collections.abc import Iterable
from typing import Any

from .models import Message


def queue_messages(
    *,
    event: str,
    kind: str,
    recipients: Iterable[Any],
    title: str,
    body: str = "",
    url: str = "",
    subject_kind: str = "",
    subject_key: str = "",
) -> int:
    """Tell each recipient once of `event` (a stable key such as `proposal:JY-…:published`); a repeat is a no-op."""
    rows = [
        Message(
            recipient=user,
            event=event,
            kind=kind,
            title=title,
            body=body,
            url=url,
            subject_kind=subject_kind,
            subject_key=subject_key,
        )
        for user in {user.pk: user for user in recipients}.values()
    ]
    return len(Message.objects.bulk_create(rows, ignore_conflicts=True))
