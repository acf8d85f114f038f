"""Bookings of one person, for `/me/`; those taken on the phone, to be called when a session does not take place."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from portal.outbox.registry import Absent

from ..models import Booking, ReceptionSession
from ..states import Status


def own_panel(request: Any) -> dict[str, Any] | None:
    """The sessions to come that this person has booked; nothing for everybody else."""
    if not request.user.is_authenticated:
        return None
    rows = Booking.objects.filter(user=request.user, cancelled_at=None, session__date__gte=timezone.localdate())
    found = list(rows.select_related("session__station", "session__venue").order_by("session__date")[:5])
    return {"rows": found} if found else None


def absent_callers(key: str) -> list[Absent]:
    """电话代约 that a cancelled session lost, or that were moved to this one (slot or none): for the 告知任务."""
    row = ReceptionSession.objects.filter(key=key).first()
    if row is None:
        return []
    concerned = Q(session=row, cancelled_at__gte=row.changed_at)
    if row.status != Status.CANCELLED:
        concerned = Q(session=row, cancelled_at=None, created_at__lt=row.published_at)
        concerned |= Q(session__moved_to=row, cancelled_at__gte=row.published_at)
    rows = Booking.objects.filter(concerned, user=None).order_by("slot", "seat")
    return [Absent(name=each.name, telephone=each.phone, entered_by=each.entered_by_id) for each in rows if each.phone]
