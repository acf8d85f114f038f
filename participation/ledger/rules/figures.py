"""Figures of the ledger: what is counted, and over what. Ratings come from published batches (decisions.md 14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import median

from portal.workdays.rules import Calendar, add_months

MONTHS = (1, 3, 6)


@dataclass(frozen=True)
class Case:
    """One item as the figures see it. `is_on_time` None: no limit, or neither finished nor past it."""

    starts_on: date | None = None
    replied_on: date | None = None
    is_assigned: bool = False
    is_on_time: bool | None = None
    is_overdue_open: bool = False


@dataclass(frozen=True)
class Figures:
    received: int = 0
    assigned: int = 0
    replied: int = 0
    timed: int = 0
    within_1: int = 0
    within_3: int = 0
    within_6: int = 0
    median_days: float | None = None
    overdue_open: int = 0
    decided: int = 0
    on_time: int = 0


class Counting:
    """Remembers the ends of periods, for thousands of items that began on the same days."""

    def __init__(self, calendar: Calendar) -> None:
        self._end = cache(lambda day, months: add_months(day, months, calendar).date)

    def figures(self, cases: Iterable[Case]) -> Figures:
        listed = list(cases)
        answered = [(case.starts_on, case.replied_on) for case in listed if case.starts_on and case.replied_on]
        days = [(replied - start).days for start, replied in answered]
        one, three, six = (sum(replied <= self._end(start, n) for start, replied in answered) for n in MONTHS)
        return Figures(
            received=len(listed),
            assigned=sum(case.is_assigned for case in listed),
            replied=sum(case.replied_on is not None for case in listed),
            timed=len(days),
            within_1=one,
            within_3=three,
            within_6=six,
            median_days=_plain(median(days)) if days else None,
            overdue_open=sum(case.is_overdue_open for case in listed),
            decided=sum(case.is_on_time is not None for case in listed),
            on_time=sum(case.is_on_time is True for case in listed),
        )


def _plain(value: float) -> float:
    """15, not 15.0."""
    return int(value) if value == int(value) else value


def percent(part: int, whole: int) -> int | None:
    """Rounded half up in whole numbers; None without a denominator."""
    return (200 * part + whole) // (2 * whole) if whole else None
