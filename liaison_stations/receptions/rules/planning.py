"""A month's draft from the scheme: days by rule, sites in turn, what stands already counted in."""

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from portal.workdays.rules import Calendar

from .days import days_of_month
from .scheme import Requirement

NOTICE_DAYS = 3  # of conventions.md 32; a warning, never a refusal
START, END = time(9, 0), time(11, 30)


@dataclass(frozen=True)
class Place:
    key: str
    is_main: bool


@dataclass(frozen=True)
class Draft:
    """One session that the scheme asks for and nobody has planned yet. It has no people: those are filled in."""

    day: date
    place: str
    requirement: str
    start: time = START
    end: time = END


@dataclass(frozen=True)
class Standing:
    """What is planned already: it is not planned twice."""

    day: date
    place: str
    is_main: bool


def drafts_for_month(
    requirements: Sequence[Requirement],
    places: Sequence[Place],
    standing: Sequence[Standing],
    calendar: Calendar,
    year: int,
    month: int,
    not_before: date | None = None,
) -> list[Draft]:
    """What is missing of each requirement. Days without a rule are spread over the month's working days; a day that has
    passed is never proposed. Without sites, what asks for sites stays empty."""
    left = list(standing)
    found: list[Draft] = []
    for requirement in requirements:
        fitting = [place for place in places if _is_of_kind(place.is_main, requirement.venue_kind)]
        missing = requirement.min_count
        for session in [each for each in left if _is_of_kind(each.is_main, requirement.venue_kind)]:
            if missing == 0:
                break
            missing -= 1
            left.remove(session)
        if not fitting or missing == 0:
            continue
        taken = {(each.day, each.place) for each in standing} | {(each.day, each.place) for each in found}
        days = _days(requirement, calendar, year, month, not_before)
        days = [day for day in days if any((day, place.key) not in taken for place in fitting)]
        for number, day in enumerate(_spread(days, missing)):
            turn = number % len(fitting)
            free = [place for place in fitting[turn:] + fitting[:turn] if (day, place.key) not in taken]
            found.append(Draft(day, free[0].key, requirement.name))
    return sorted(found, key=lambda draft: (draft.day, draft.place))


def _is_of_kind(is_main: bool, kind: str) -> bool:
    return kind == "any" or is_main == (kind == "main")


def _days(requirement: Requirement, calendar: Calendar, year: int, month: int, not_before: date | None) -> list[date]:
    if requirement.day_rule:
        days = days_of_month(requirement.day_rule, year, month)
    else:
        last = months.monthrange(year, month)[1]
        days = [date(year, month, 1) + timedelta(days=n) for n in range(last)]
        days = [day for day in days if calendar.day(day).is_workday]
    return [day for day in days if not_before is None or day >= not_before]


def _spread(days: Sequence[date], count: int) -> list[date]:
    """`count` of the days, evenly; all of them when there are fewer."""
    if len(days) <= count:
        return list(days)
    return [days[(2 * n + 1) * len(days) // (2 * count)] for n in range(count)]


def is_short_notice(day: date, today: date) -> bool:
    """Less than three days before the session: published later than usual."""
    return (day - today).days < NOTICE_DAYS
