"""Records and sessions within a person's scope."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from liaison_stations.receptions.models import ReceptionSession
from liaison_stations.receptions.states import Status
from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import divisions_of
from portal.jurisdictions.models import Division
from portal.outbox.registry import Absent

from ..models import ReceptionRecord
from ..rules.rights import VIEW
from ..states import State

RECENT_DAYS, MOST_SESSIONS = 62, 12


def scope_of(user: Any, permission: str = VIEW) -> list[Division] | None:
    """The divisions in which the user holds the permission; None for a superuser: everywhere."""
    if not user.is_active:
        return []
    if user.is_superuser:
        return None
    return list(divisions_of(user, *roles_granted(permission)))


def records_in_scope(user: Any) -> Any:
    return ReceptionRecord.objects.in_divisions(scope_of(user)).for_list()


def sessions_for_entry(user: Any) -> list[ReceptionSession]:
    """Held lately, or taking place today, the newest first, with how many records there are."""
    today = timezone.localdate()
    known = Q(records__isnull=False) & ~Q(records__state=State.VOIDED.value)
    rows = ReceptionSession.objects.in_divisions(scope_of(user)).filter(date__gte=today - timedelta(days=RECENT_DAYS))
    open_ = Q(status=Status.HELD.value) | Q(status=Status.PUBLISHED.value, date=today)
    found = rows.filter(open_).select_related("station__division", "venue").annotate(n=Count("records", filter=known))
    return list(found.order_by("-date", "-start", "-pk")[:MOST_SESSIONS])


def absent_visitors(number: str) -> list[Absent]:
    """The visitor without an account, for the 告知任务 of whoever wrote it down."""
    rows = ReceptionRecord.objects.filter(number=number, user=None)
    return [Absent(name=row.name, telephone=row.phone, entered_by=row.entered_by_id) for row in rows if row.phone]
