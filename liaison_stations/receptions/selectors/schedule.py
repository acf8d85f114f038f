"""The public month: every session of a station or a street, or for more than fits a page the numbers by day."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from portal.jurisdictions.models import Division

from ..models import ReceptionSession
from ..querysets import SessionQuerySet
from ..rules.days import months_apart
from ..states import Status
from .showing import Shown, cadres_named_ahead, shown

MOST = 150  # sessions that stand in a grid
MOST_OF_DAY = 40


@dataclass(frozen=True)
class Day:
    """One cell. `count` is what there is, `rows` what is shown of it."""

    date: date
    is_in_month: bool
    is_today: bool
    count: int = 0
    rows: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Schedule:
    year: int
    month: int
    weeks: list[list[Day]]
    total: int
    is_grouped: bool  # numbers only; `rows` are those of one day
    day: date | None = None
    rows: list[Shown] = field(default_factory=list)

    @property
    def previous(self) -> str:
        return _name(*months_apart(self.year, self.month, -1))

    @property
    def next(self) -> str:
        return _name(*months_apart(self.year, self.month, 1))

    @property
    def name(self) -> str:
        return _name(self.year, self.month)

    @property
    def has_more(self) -> bool:
        """Of the chosen day more than is listed."""
        return self.is_grouped and self.count_of_day > len(self.rows)

    @property
    def count_of_day(self) -> int:
        return next((day.count for week in self.weeks for day in week if day.date == self.day), 0)


def _name(year: int, month: int) -> str:
    return f"{year}-{month:02d}"


@dataclass(frozen=True)
class Chosen:
    """What a page is about; all empty is the whole site."""

    division: Division | None = None
    station: LiaisonStation | None = None
    deputy: Deputy | None = None


def sessions_of(chosen: Chosen) -> SessionQuerySet:
    """What anybody may see of it. Who is not named ahead of time is not found by the name either."""
    rows: SessionQuerySet = ReceptionSession.objects.public()
    if chosen.division is not None:
        rows = rows.in_division(chosen.division)
    if chosen.station is not None:
        rows = rows.filter(station=chosen.station)
    return rows if chosen.deputy is None else _of_deputy(rows, chosen.deputy)


def _of_deputy(rows: SessionQuerySet, deputy: Deputy) -> SessionQuerySet:
    came = Q(status=Status.HELD.value, host_rows__deputy=deputy, host_rows__attended=True)
    to_come = ~Q(status=Status.HELD.value) & Q(host_rows__deputy=deputy)
    hidden = ReceptionSession.objects.public().filter(host_rows__deputy=deputy, host_rows__is_leading_cadre=True)
    places = Division.objects.filter(pk__in=hidden.exclude(status=Status.HELD.value).values("station__division"))
    named = [pk for pk, is_named in cadres_named_ahead(list(places)).items() if is_named]
    to_come &= Q(host_rows__is_leading_cadre=False) | Q(station__division__in=named)
    return rows.filter(came | to_come).distinct()


def schedule_of(chosen: Chosen, year: int, month: int, day: date | None = None) -> Schedule:
    """The same number of queries whatever there is: with more than a page holds, numbers by day and one day's list."""
    rows = sessions_of(chosen).in_month(year, month)
    counts: Mapping[date, int] = dict(rows.order_by().values_list("date").annotate(n=Count("pk", distinct=True)))
    total, today = sum(counts.values()), timezone.localdate()
    is_grouped = total > MOST
    if is_grouped:
        day = day if day in counts else _first_day(counts, today)
        listed = shown(rows.filter(date=day).order_by("start", "pk").for_list()[:MOST_OF_DAY])
    else:
        day, listed = None, shown(rows.order_by("date", "start", "pk").for_list())
    by_day: dict[date, list[Shown]] = {}
    for each in listed:
        by_day.setdefault(each.session.date, []).append(each)
    weeks = [
        [
            Day(
                cell, cell.month == month, cell == today, counts.get(cell, 0) if cell.month == month else 0,
                tuple(() if is_grouped else by_day.get(cell, ())),
            )
            for cell in week
        ]
        for week in calendar.Calendar().monthdatescalendar(year, month)
    ]  # fmt: skip
    return Schedule(year, month, weeks, total, is_grouped, day, listed)


def _first_day(counts: Mapping[date, int], today: date) -> date | None:
    to_come = [day for day in counts if day >= today]
    return min(to_come, default=max(counts, default=None))


def next_receptions(chosen: Chosen, count: int) -> list[Shown]:
    """The first sessions to come of a station, a deputy or a street; one that is over today is not among them."""
    now = timezone.localtime()
    rows = sessions_of(chosen).to_come(now.date()).exclude(date=now.date(), end__lte=now.time())
    return shown(rows.order_by("date", "start", "pk").for_list()[:count])


def schedule_is_empty() -> bool:
    """Whether nothing that is to come was published anywhere."""
    return not ReceptionSession.objects.public().to_come(timezone.localdate()).exists()


FEED_BACK, FEED_AHEAD, FEED_MOST = timedelta(days=62), timedelta(days=190), 1000


def sessions_for_calendar(chosen: Chosen) -> list[Shown]:
    """What a phone's calendar is given: the newest of each chain of moves; what went elsewhere is cancelled."""
    today = timezone.localdate()
    rows = sessions_of(chosen).filter(date__gte=today - FEED_BACK, date__lte=today + FEED_AHEAD)
    newest: dict[str, Any] = {}
    for row in rows.order_by("date", "start", "pk").for_list()[:FEED_MOST]:
        other = newest.get(row.calendar_key)
        if other is None or _standing(row) > _standing(other):
            newest[row.calendar_key] = row
    return shown(newest.values())


def _standing(row: ReceptionSession) -> tuple[bool, int]:
    """The end of a chain of moves stands over what was moved away."""
    return row.status != Status.MOVED, row.sequence
