"""Five hundred limits against a table counted another way: day by day, with an own list of the days off."""

import random
from datetime import date, timedelta

import chinese_calendar
import pytest

from participation.ledger.rules.clock import Basis, Colour, Facts, Period, extension_cap, read_clock
from portal.workdays.adapters import published
from portal.workdays.rules import Calendar, Day, calendar_of

# Made up for this test: no notice of these years exists yet. Days off, and weekend days worked instead.
OFF = {
    2027: "0101-0103 0206-0212 0404-0405 0501-0505 0609-0609 0915-0917 1001-1007",
    2028: "0101-0103 0126-0201 0403-0404 0501-0505 0527-0529 1001-1008",
    2029: "0101-0101 0213-0219 0404-0406 0429-0503 0616-0618 0921-0924 1001-1007",
}
WORKED = {2027: "0220 0925 1010", 2028: "0122 0205 0930", 2029: "0210 0224 0930 1013"}
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


def starts() -> list[date]:
    """Every month end, leap days, days before and in the festivals, and as many drawn days: five hundred in all."""
    chosen = {date(2026, 1, 31), date(2028, 2, 29), date(2028, 2, 28), date(2027, 2, 28), date(2027, 8, 31)}
    day = date(2026, 7, 1)
    while day < date(2029, 6, 30):
        day += timedelta(days=1)
        if (day + timedelta(days=1)).day == 1 or day in DAYS_OFF or day in WEEKENDS_WORKED:
            chosen.add(day)
    draw = random.Random(2027)
    while len(chosen) < 500:
        chosen.add(date(2026, 7, 1) + timedelta(days=draw.randrange(1200)))
    return sorted(chosen)


def test_five_hundred_limits_are_those_of_the_table() -> None:
    known, wrong = the_calendar(), []
    for start in starts():
        facts = Facts(basis=Basis.LAW, starts_on=start, target_months=3, limit_months=6)
        clock, cap = read_clock(facts, start, known), extension_cap(facts, known)
        rework = read_clock(Facts(basis=Basis.LAW, starts_on=start, rework_months=1), start, known)
        promise = read_clock(Facts(basis=Basis.PROMISE, starts_on=start, promise_days=15), start, known)
        found = [each and each.date for each in (clock.target, clock.limit, cap, rework.limit, promise.limit)]
        table = [walked(start, 3), walked(start, 6), walked(start, 6), walked(start, 1),
                 first_worked(start + timedelta(days=15))]  # fmt: skip
        if found != table:
            wrong.append((start, found, table))
    assert (len(starts()), wrong) == (500, [])


def test_late_begins_on_the_day_after_the_limit() -> None:
    known, wrong = the_calendar(), []
    for start in starts():
        facts = Facts(basis=Basis.LAW, starts_on=start, target_months=3, limit_months=6)
        limit = walked(start, 6)
        on, after = (read_clock(facts, limit + timedelta(days=n), known) for n in (0, 1))
        if [(on.colour, on.days_left), (after.colour, after.days_left)] != [(Colour.YELLOW, 0), (Colour.RED, -1)]:
            wrong.append(start)
    assert wrong == []


@pytest.mark.parametrize("start", [date(2029, 9, 1), date(2030, 1, 31), date(2030, 8, 31)])
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
