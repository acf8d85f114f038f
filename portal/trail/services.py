"""Writing to the record. There is no verb for changing or removing an entry."""

from typing import Any

from django.utils import timezone

from .models import Entry

SYSTEM = "system"


def record(
    *,
    subject_kind: str,
    subject_key: str,
    verb: str,
    actor: Any = None,
    capacity: str = "",
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Append one entry, in the caller's transaction.

    `actor` is a user (its opaque `trail_id` is stored, never a name), or None for the system. `detail` holds
    JSON values only and no personal data.
    """
    return Entry.objects.create(
        at=timezone.now(),
        subject_kind=subject_kind,
        subject_key=subject_key,
        verb=verb,
        actor=getattr(actor, "trail_id", None) or SYSTEM,
        capacity=capacity,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        detail=detail or {},
    )
