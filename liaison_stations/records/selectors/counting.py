"""Counters over held sessions only: visitors, matters and what became of them, by deputy, station and month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from liaison_stations.receptions.models import ReceptionSession
from liaison_stations.receptions.states import Status
from portal.jurisdictions.models import Division

from ..models import ReceptionRecord
from ..states import HANDED_OVER, State


@dataclass(frozen=True)
class Figures:
    """Of a place and a time: `matters` is what the others are shares of; a matter still waiting is in neither."""

    held: int = 0
    visitors: int = 0
    matters: int = 0
    answered: int = 0
    opened: int = 0
    diverted: int = 0

    @property
    def waiting(self) -> int:
        return self.matters - self.answered - self.opened - self.diverted


COUNTS: dict[str, Any] = {
    "visitors": Sum("people", default=0),
    "matters": Count("pk"),
    "answered": Count("pk", filter=Q(state=State.ANSWERED.value)),
    "opened": Count("pk", filter=Q(state__in=[state.value for state in HANDED_OVER])),
    "diverted": Count("pk", filter=Q(state=State.DIVERTED.value)),
}


def _counted(since: date, until: date) -> Any:
    return ReceptionRecord.objects.counted().between(since, until).order_by()


def _held(since: date, until: date) -> QuerySet[ReceptionSession]:
    rows: QuerySet[ReceptionSession] = ReceptionSession.objects.held().filter(date__gte=since, date__lte=until)
    return rows.order_by()


def figures_of(division: Division, since: date, until: date) -> Figures:
    """Of a place with everything below it. Two queries."""
    held = _held(since, until).filter(station__division__path__startswith=division.path).count()
    rows = _counted(since, until).filter(session__station__division__path__startswith=division.path)
    return Figures(held=held, **rows.aggregate(**COUNTS))


def figures_by_station(stations: Iterable[int], since: date, until: date) -> dict[int, Figures]:
    """Two queries, however many stations; those without a held session are left out."""
    keys = list(stations)
    held = dict(_held(since, until).filter(station__in=keys).values_list("station").annotate(n=Count("pk")))
    rows = _counted(since, until).filter(session__station__in=keys).values("session__station").annotate(**COUNTS)
    found = {row.pop("session__station"): row for row in rows}
    return {key: Figures(held=n, **found.get(key, {})) for key, n in held.items()}


def figures_by_month(division: Division, since: date, until: date) -> dict[tuple[int, int], Figures]:
    """By (year, month); months without a held session are left out."""
    inside = _held(since, until).filter(station__division__path__startswith=division.path)
    held = inside.annotate(month=TruncMonth("date")).values_list("month").annotate(n=Count("pk"))
    rows = _counted(since, until).filter(session__station__division__path__startswith=division.path)
    counted = rows.annotate(month=TruncMonth("session__date")).values("month").annotate(**COUNTS)
    found = {row.pop("month"): row for row in counted}
    return {(month.year, month.month): Figures(held=n, **found.get(month, {})) for month, n in held}


def _by_deputy(deputies: Iterable[int], since: date, until: date, count: Any) -> dict[int, int]:
    rows = ReceptionRecord.deputies.through.objects.filter(
        deputy__in=list(deputies),
        receptionrecord__session__status=Status.HELD.value,
        receptionrecord__session__date__gte=since,
        receptionrecord__session__date__lte=until,
    ).exclude(receptionrecord__state=State.VOIDED.value)
    return dict(rows.order_by().values_list("deputy").annotate(n=count))


def visitors_of_deputies(deputies: Iterable[int], since: date, until: date) -> dict[int, int]:
    """People that each deputy received; those whom several received together count for each. One query."""
    return _by_deputy(deputies, since, until, Sum("receptionrecord__people"))


def matters_of_deputies(deputies: Iterable[int], since: date, until: date) -> dict[int, int]:
    return _by_deputy(deputies, since, until, Count("pk"))
