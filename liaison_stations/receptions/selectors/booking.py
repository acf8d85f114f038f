"""Bookings of one person, for `/me/`."""

from typing import Any

from django.utils import timezone

from ..models import Booking


def own_panel(request: Any) -> dict[str, Any] | None:
    """The sessions to come that this person has booked; nothing for everybody else."""
    if not request.user.is_authenticated:
        return None
    rows = Booking.objects.filter(user=request.user, cancelled_at=None, session__date__gte=timezone.localdate())
    found = list(rows.select_related("session__station", "session__venue").order_by("session__date")[:5])
    return {"rows": found} if found else None
