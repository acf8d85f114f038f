"""Counters over held sessions: themed activities of a half-year (X29), receptions of a deputy (X30, X31)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from portal.jurisdictions.models import Division

from ..models import ReceptionSession, SessionHost
from ..states import Status


def half_year_of(year: int, month: int) -> tuple[date, date]:
    """半年 is January to June and July to December (domain.md 2.1)."""
    return (date(year, 1, 1), date(year, 6, 30)) if month < 7 else (date(year, 7, 1), date(year, 12, 31))


def themed_activities(division: Division, since: date, until: date) -> int:
    rows = ReceptionSession.objects.held().in_division(division).filter(date__gte=since, date__lte=until)
    return rows.filter(is_themed_activity=True).count()


def receptions_attended(deputies: Iterable[int], since: date, until: date) -> dict[int, int]:
    """Held sessions that each deputy came to, wherever: receptions elsewhere count (X30). One query."""
    came = Q(session__status=Status.HELD.value, attended=True, session__date__gte=since, session__date__lte=until)
    rows = SessionHost.objects.filter(came, deputy__in=list(deputies)).order_by()
    return dict(rows.values_list("deputy").annotate(n=Count("pk")))
