"""The vectors of domain.md 2.6, and the edges of counting. No database."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.workdays.adapters import published
from portal.workdays.rules import (
    Day,
    DueDate,
    WorkdayCount,
    add_days,
    add_months,
    calendar_of,
    festivals_missing,
    is_workday,
    next_workday,
    nth_workday_after,
    publishable_from,
    workdays_between,
)

BUILT_IN = calendar_of(published, {})


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "fifth", "publish"),
    [
        ("2026-01-01", "2026-01-08", "2026-01-09"),
        ("2026-02-12", "2026-02-26", "2026-02-27"),
        ("2026-03-02", "2026-03-09", "2026-03-10"),
        ("2026-04-30", "2026-05-11", "2026-05-12"),
        ("2026-06-17", "2026-06-25", "2026-06-26"),
        ("2026-09-19", "2026-09-24", "2026-09-25"),
        ("2026-09-29", "2026-10-12", "2026-10-13"),
    ],
)
def test_a_notice_of_five_working_days_ends_and_may_be_followed(start: str, fifth: str, publish: str) -> None:
    assert nth_workday_after(day(start), 5, BUILT_IN) == DueDate(day(fifth))
    assert publishable_from(day(start), 5, BUILT_IN) == DueDate(day(publish))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-15", 1, "2026-02-24"),
        ("2026-07-01", 3, "2026-10-08"),
        ("2026-04-01", 6, "2026-10-08"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-12-15", 0, "2025-12-15"),
        ("2025-11-30", 3, "2026-02-28"),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day_and_roll_forward(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months, BUILT_IN) == DueDate(day(end))


def test_rolling_can_be_switched_off() -> None:
    assert add_months(day("2026-01-15"), 1, BUILT_IN, roll=False) == DueDate(day("2026-02-15"))
    assert add_days(day("2026-01-15"), 31, BUILT_IN, roll=False) == DueDate(day("2026-02-15"))
    assert add_days(day("2026-01-15"), 31, BUILT_IN) == DueDate(day("2026-02-24"))


def test_a_date_that_needs_an_unknown_year_is_provisional() -> None:
    assert nth_workday_after(day("2026-12-28"), 5, BUILT_IN) == DueDate(day("2027-01-04"), is_provisional=True)
    assert add_months(day("2026-12-01"), 1, BUILT_IN) == DueDate(day("2027-01-01"), is_provisional=True)
    assert add_months(day("2026-12-02"), 1, BUILT_IN) == DueDate(day("2027-01-04"), is_provisional=True)
    assert add_months(day("2003-01-15"), 1, BUILT_IN) == DueDate(day("2003-02-17"), is_provisional=True)
    assert nth_workday_after(day("2026-12-24"), 5, BUILT_IN) == DueDate(day("2026-12-31"))


@pytest.mark.parametrize("year", range(2027, 2031))
def test_unknown_years_raise_nothing(year: int) -> None:
    for number in range(365):
        start = date(year, 1, 1) + timedelta(days=number)
        assert add_months(start, 3, BUILT_IN).is_provisional
        assert nth_workday_after(start, 5, BUILT_IN).is_provisional


NOTICE_2027 = [
    Day(day("2027-01-01"), False, "元旦"),
    Day(day("2027-01-03"), True, "元旦"),
    Day(day("2027-02-08"), False, "春节"),
    Day(day("2027-04-05"), False, "清明节"),
    Day(day("2027-05-03"), False, "劳动节"),
    Day(day("2027-06-09"), False, "端午节"),
    Day(day("2027-09-15"), False, "中秋节"),
    Day(day("2027-10-01"), False, "国庆节"),
]


def test_a_partly_known_year_is_firm_only_on_the_days_listed() -> None:
    partly = calendar_of(published, {known.date: known for known in NOTICE_2027[:2]})
    assert festivals_missing(2027, NOTICE_2027[:2]) == ["春节", "清明", "劳动", "端午", "中秋", "国庆"]
    assert partly.day(day("2027-01-03")) == Day(day("2027-01-03"), True, "元旦")
    assert partly.day(day("2027-01-04")) == Day(day("2027-01-04"), True, "", is_provisional=True)
    assert nth_workday_after(day("2026-12-31"), 1, partly) == DueDate(day("2027-01-03"), is_provisional=True)


def test_a_completed_year_is_firm_throughout() -> None:
    whole = calendar_of(published, {known.date: known for known in NOTICE_2027})
    assert festivals_missing(2027, NOTICE_2027) == []
    assert nth_workday_after(day("2026-12-31"), 2, whole) == DueDate(day("2027-01-04"))
    assert add_months(day("2027-09-01"), 1, whole) == DueDate(day("2027-10-04"))


def test_the_overlay_corrects_a_year_the_package_knows() -> None:
    closed = calendar_of(published, {day("2026-03-09"): Day(day("2026-03-09"), False, "停工")})
    assert nth_workday_after(day("2026-03-02"), 5, closed) == DueDate(day("2026-03-10"))
    assert not is_workday(day("2026-03-09"), closed)
    assert is_workday(day("2026-03-09"), BUILT_IN)


def test_a_datetime_is_refused_because_its_day_depends_on_the_zone() -> None:
    with pytest.raises(TypeError):
        add_months(datetime(2026, 1, 1, 23, 0), 1, BUILT_IN)  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="negative"):
        add_months(day("2026-01-01"), -1, BUILT_IN)
    with pytest.raises(ValueError, match="negative"):
        nth_workday_after(day("2026-01-01"), -1, BUILT_IN)


def test_the_explanation_counts_each_day() -> None:
    assert nth_workday_after(day("2026-02-12"), 2, BUILT_IN).explain() == [
        "自2026年2月12日起算2个工作日，当日不计。",
        "2026年2月13日（周五）：工作日，第1个工作日。",
        "2026年2月14日（周六）：春节调休上班，第2个工作日。",
        "到期日为2026年2月14日。",
    ]
    assert add_months(day("2026-05-31"), 1, BUILT_IN).explain() == [
        "自2026年5月31日起算1个月，当日不计，届满日为2026年6月30日。",
        "2026年6月没有31日，取该月最后一日。",
        "到期日为2026年6月30日。",
    ]
    assert add_months(day("2026-06-02"), 4, BUILT_IN).explain()[1:4] == [
        "2026年10月2日（周五）：国庆节放假，顺延。",
        "2026年10月3日（周六）：国庆节放假，顺延。",
        "2026年10月4日（周日）：国庆节放假，顺延。",
    ]
    assert add_months(day("2026-12-04"), 1, BUILT_IN).explain() == [
        "自2026年12月4日起算1个月，当日不计，届满日为2027年1月4日。",
        "2027年1月4日（周一）：工作日，当年放假安排尚未公布，暂按周一至周五推算。",
        "到期日为2027年1月4日（暂定）。",
    ]


dates = st.dates(date(2003, 1, 1), date(2030, 12, 31))


@given(dates, st.integers(1, 60))
def test_counting_back_gives_the_number_counted_forward(start: date, n: int) -> None:
    due = nth_workday_after(start, n, BUILT_IN)
    assert workdays_between(start, due.date, BUILT_IN) == WorkdayCount(n, due.is_provisional)
    assert is_workday(due.date, BUILT_IN)


@given(dates, st.integers(0, 36))
def test_a_rolled_limit_is_worked_and_never_earlier(start: date, months: int) -> None:
    plain = add_months(start, months, BUILT_IN, roll=False).date
    rolled = add_months(start, months, BUILT_IN)
    assert rolled.date >= plain
    assert (plain.year - start.year) * 12 + plain.month - start.month == months
    assert rolled.date == next_workday(plain, BUILT_IN).date
    assert is_workday(rolled.date, BUILT_IN)


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert workdays_between(day("2026-03-10"), day("2026-03-02"), BUILT_IN) == WorkdayCount(0)
