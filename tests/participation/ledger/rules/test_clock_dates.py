"""Seven hundred starts against a table counted another way: day by day, with an own list of the days off."""

import random
from datetime import date, timedelta

import chinese_calendar
import pytest

from participation.ledger.rules.clock import (
    Basis,
    Colour,
    Facts,
    Period,
    assign_by,
    extension_cap,
    helper_due_on,
    read_clock,
    return_by,
)
from portal.workdays.adapters import published
from portal.workdays.rules import Calendar, Day, calendar_of

# Made up for this test: no notice of these years exists yet. Days off, and weekend days worked instead.
OFF = {
    2027: "0101-0103 0206-0212 0404-0405 0501-0505 0609-0609 0915-0917 1001-1007",
    2028: "0101-0103 0126-0201 0403-0404 0501-0505 0527-0529 1001-1008",
    2029: "0101-0101 0213-0219 0404-0406 0429-0503 0616-0618 0921-0924 1001-1007",
    2030: "0101-0101 0202-0208 0404-0406 0501-0505 0605-0605 0912-0912 1001-1007",
}
WORKED = {
    2027: "0220 0925 1010",
    2028: "0122 0205 0930",
    2029: "0210 0224 0930 1013",
    2030: "0126 0209 0427 0928 1012",
}
NAMES = "元旦 春节 清明节 劳动节 端午节 中秋节 国庆节".split()
TODAY = date(2026, 6, 1)


def days_off() -> tuple[dict[date, str], set[date]]:
    off, worked = {}, set()
    for year, spans in OFF.items():
        for number, span in enumerate(spans.split()):
            first, last = (date(year, int(end[:2]), int(end[2:])) for end in span.split("-"))
            while first <= last:
                off[first] = NAMES[min(number, 6)]
                first += timedelta(days=1)
        off[date(year, 12, 31)] = "国庆节中秋节补休"  # so that every year names the seven
        worked |= {date(year, int(day[:2]), int(day[2:])) for day in WORKED[year].split()}
    return off, worked


DAYS_OFF, WEEKENDS_WORKED = days_off()


def the_calendar() -> Calendar:
    overlay = {day: Day(day, False, name) for day, name in DAYS_OFF.items()}
    overlay |= {day: Day(day, True, "调休") for day in WEEKENDS_WORKED}
    return calendar_of(published, overlay)


# --- The other way to count: no month arithmetic, a walk over every day -------------------------------------------
def is_worked(day: date) -> bool:
    if day.year <= 2026:
        return bool(chinese_calendar.is_workday(day))
    if day in WEEKENDS_WORKED:
        return True
    return day not in DAYS_OFF and day.isoweekday() <= 5


def walked(start: date, months: int) -> date:
    """On from the start until the month has changed `months` times, then to its day number or its last day."""
    day, changes = start, 0
    while changes < months:
        before, day = day, day + timedelta(days=1)
        changes += day.month != before.month
    while day.day < start.day and (day + timedelta(days=1)).month == day.month:
        day += timedelta(days=1)
    return first_worked(day)


def first_worked(day: date) -> date:
    while not is_worked(day):
        day += timedelta(days=1)
    return day


FIRST, LAST, STARTS = date(2025, 7, 1), date(2030, 6, 28), 700


def worked_after(day: date, count: int) -> date:
    """The count-th working day after it."""
    while count:
        day += timedelta(days=1)
        count -= is_worked(day)
    return day


def starts() -> list[date]:
    """Every month end, the leap day, each day of the festivals and the weekends worked, and as many drawn days."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    ends = {day for day in days if (day + timedelta(days=1)).day == 1}
    official = {day for day in days if day.year <= 2026 and is_worked(day) != (day.isoweekday() <= 5)}
    chosen = ends | official | {day for day in days if day in DAYS_OFF or day in WEEKENDS_WORKED}
    chosen |= {date(2028, 2, 28), date(2028, 2, 29)}
    left = [day for day in days if day not in chosen]
    return sorted(chosen | set(random.Random(2027).sample(left, STARTS - len(chosen))))


def test_seven_hundred_starts_lead_to_the_days_of_the_table() -> None:
    known, wrong = the_calendar(), []
    for start in starts():
        facts = Facts(basis=Basis.LAW, starts_on=start, target_months=3, limit_months=6)
        clock, cap = read_clock(facts, start, known), extension_cap(facts, known)
        rework = read_clock(Facts(basis=Basis.LAW, starts_on=start, rework_months=1), start, known)
        promise = read_clock(Facts(basis=Basis.PROMISE, starts_on=start, promise_days=15), start, known)
        dues = (clock.target, clock.limit, cap, rework.limit, promise.limit,
                assign_by(start, 1, known), return_by(start, 3, known))  # fmt: skip
        found = [(due.date, due.is_provisional) if due else None for due in dues]
        days = [walked(start, 3), walked(start, 6), walked(start, 6), walked(start, 1),
                first_worked(start + timedelta(days=15)), walked(start, 1), worked_after(start, 3)]  # fmt: skip
        if found != [(day, day.year > 2030) for day in days]:
            wrong.append((start, found, days))
    assert (len(starts()), {start.year for start in starts()}, wrong) == (STARTS, set(range(2025, 2031)), [])


def test_a_year_without_the_festivals_of_its_notice_is_monday_to_friday_and_says_so() -> None:
    known = calendar_of(published, {})
    limit = read_clock(Facts(basis=Basis.LAW, starts_on=date(2027, 4, 1), limit_months=6), TODAY, known).limit
    assert limit is not None
    assert (limit.date, limit.is_provisional) == (date(2027, 10, 1), True)


def test_late_begins_on_the_day_after_the_limit() -> None:
    known, wrong = the_calendar(), []
    for start in starts():
        facts = Facts(basis=Basis.LAW, starts_on=start, target_months=3, limit_months=6)
        limit = walked(start, 6)
        on, after = (read_clock(facts, limit + timedelta(days=n), known) for n in (0, 1))
        if [(on.colour, on.days_left), (after.colour, after.days_left)] != [(Colour.YELLOW, 0), (Colour.RED, -1)]:
            wrong.append(start)
    assert wrong == []


@pytest.mark.parametrize("start", [date(2030, 7, 31), date(2030, 8, 31), date(2030, 12, 31)])
def test_a_limit_in_a_year_without_a_notice_is_provisional_and_monday_to_friday(start: date) -> None:
    clock = read_clock(Facts(basis=Basis.LAW, starts_on=start, target_months=3, limit_months=6), start, the_calendar())
    assert clock.limit is not None
    assert (clock.is_provisional, clock.limit.date) == (True, walked(start, 6))


def test_a_pause_moves_the_limit_by_its_days_and_then_to_a_working_day() -> None:
    start = date(2027, 3, 5)
    facts = Facts(
        basis=Basis.LAW, starts_on=start, target_months=3, limit_months=6,
        pauses=(Period(date(2027, 4, 1), date(2027, 4, 11)),),
    )  # fmt: skip
    clock = read_clock(facts, date(2027, 4, 20), the_calendar())
    assert clock.limit is not None
    assert clock.limit.date == first_worked(walked(start, 6) + timedelta(days=10))


def test_a_helping_unit_has_half_of_the_leads_days_and_always_fewer() -> None:
    day = date(2026, 3, 10)
    found = [helper_due_on(day, day + timedelta(days=days)) for days in (0, 1, 2, 3, 90)]
    assert found == [None, None, date(2026, 3, 11), date(2026, 3, 11), date(2026, 4, 24)]
    assert helper_due_on(day, None) is None
