"""Months, working days and calendar days as the Civil Code counts them. Pure: the calendar is an argument.

The first day is never counted (民法典 第二百零一条). A month ends on the same day number, or on the last day of a
shorter month (第二百零二条). A limit that ends on a rest day ends on the first working day after it (第二百零三条).
"""

import calendar as months_of_the_year
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
# A year's notice is complete when it names each of the seven festivals (全国年节及纪念日放假办法 第二条).
FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar. `name` is the festival or note; provisional = assumed Monday to Friday."""

    date: date
    is_workday: bool
    name: str = ""
    is_provisional: bool = False

    def explain(self) -> str:
        weekday = WEEKDAYS[self.date.weekday()]
        is_weekend = self.date.weekday() >= 5
        if self.is_workday:
            why = f"{self.name}调休上班" if is_weekend else "工作日"
        else:
            why = f"{self.name}放假" if self.name else "休息日"
        doubt = "，当年放假安排尚未公布，暂按周一至周五推算" if self.is_provisional else ""
        return f"{day_in_words(self.date)}（{weekday}）：{why}{doubt}"


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day of a period, the facts it rests on, and whether one of them is still provisional."""

    date: date
    is_provisional: bool = False
    facts: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def explain(self) -> list[str]:
        """Chinese sentences, in order: the start, what was counted or skipped, the end."""
        end = f"到期日为{day_in_words(self.date)}"
        return [*self.facts, f"{end}（暂定）。" if self.is_provisional else f"{end}。"]


@dataclass(frozen=True, slots=True)
class WorkdayCount:
    workdays: int
    is_provisional: bool = False


@dataclass(frozen=True)
class Calendar:
    """The published calendar with the editable table laid over it.

    `published(day)` gives the built-in calendar's fact, or None for a year it does not know. A day found in neither is
    Monday to Friday: firm when the overlay completes its year, else provisional.
    """

    published: Callable[[date], Day | None]
    overlay: Mapping[date, Day] = field(default_factory=dict)
    complete_years: frozenset[int] = frozenset()

    def day(self, day: date) -> Day:
        _require_plain_date(day)
        if (own := self.overlay.get(day)) is not None:
            return own
        if (known := self.published(day)) is not None:
            return known
        return Day(day, is_workday=day.weekday() < 5, is_provisional=day.year not in self.complete_years)


def calendar_of(published: Callable[[date], Day | None], overlay: Mapping[date, Day]) -> Calendar:
    years = {day.year for day in overlay}
    complete = frozenset(year for year in years if not festivals_missing(year, overlay.values()))
    return Calendar(published, overlay, complete)


def festivals_missing(year: int, days: Iterable[Day]) -> list[str]:
    """The festivals that the table does not name for this year; [] means that the notice is complete."""
    names = " ".join(day.name for day in days if day.date.year == year and not day.is_workday)
    return [festival for festival in FESTIVALS if festival not in names]


def is_workday(day: date, calendar: Calendar) -> bool:
    return calendar.day(day).is_workday


def next_workday(day: date, calendar: Calendar) -> DueDate:
    """The day itself if it is worked, else the first working day after it; never backwards."""
    facts: list[str] = []
    is_provisional = False
    while True:
        known = calendar.day(day)
        is_provisional = is_provisional or known.is_provisional
        if known.is_workday:
            if facts:
                facts.append(f"{known.explain()}，顺延至此。")
            elif known.is_provisional:
                facts.append(f"{known.explain()}。")
            return DueDate(day, is_provisional, tuple(facts))
        facts.append(f"{known.explain()}，顺延。")
        day += ONE_DAY


def add_months(day: date, months: int, calendar: Calendar, roll: bool = True) -> DueDate:
    """The end of a period of whole months that begins after `day`."""
    _require_plain_date(day)
    if months < 0:
        raise ValueError("a period has no negative months")
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    last = months_of_the_year.monthrange(year, month)[1]
    end = date(year, month, min(day.day, last))
    facts = [f"自{day_in_words(day)}起算{months}个月，当日不计，届满日为{day_in_words(end)}。"]
    if day.day > last:
        facts.append(f"{year}年{month}月没有{day.day}日，取该月最后一日。")
    return _rolled(end, facts, calendar, roll)


def add_days(day: date, days: int, calendar: Calendar, roll: bool = True) -> DueDate:
    """“天” without “工作”: calendar days, the first not counted."""
    _require_plain_date(day)
    if days < 0:
        raise ValueError("a period has no negative days")
    end = day + timedelta(days=days)
    facts = [f"自{day_in_words(day)}起算{days}天，当日不计，届满日为{day_in_words(end)}。"]
    return _rolled(end, facts, calendar, roll)


def nth_workday_after(day: date, n: int, calendar: Calendar) -> DueDate:
    """The n-th working day after `day`, which is not counted; n = 0 is the day itself."""
    _require_plain_date(day)
    if n < 0:
        raise ValueError("a period has no negative working days")
    facts = [f"自{day_in_words(day)}起算{n}个工作日，当日不计。"]
    counted, is_provisional = 0, False
    while counted < n:
        day += ONE_DAY
        known = calendar.day(day)
        is_provisional = is_provisional or known.is_provisional
        counted += known.is_workday
        facts.append(f"{known.explain()}，{f'第{counted}个工作日' if known.is_workday else '不计'}。")
    return DueDate(day, is_provisional, tuple(facts))


def publishable_from(day: date, n: int, calendar: Calendar) -> DueDate:
    """The day after a notice of n working days. It may be a rest day: limits roll, permissions do not."""
    last = nth_workday_after(day, n, calendar)
    first = last.date + ONE_DAY
    facts = (*last.facts, f"公示于{day_in_words(last.date)}届满，次日{day_in_words(first)}起可以公布，遇休息日不顺延。")
    return DueDate(first, last.is_provisional, facts)


def workdays_between(start: date, end: date, calendar: Calendar) -> WorkdayCount:
    """Working days after `start`, up to and with `end`; 0 when `end` is not later."""
    _require_plain_date(start)
    _require_plain_date(end)
    days = [calendar.day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1)]
    return WorkdayCount(sum(day.is_workday for day in days), any(day.is_provisional for day in days))


def day_in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rolled(end: date, facts: list[str], calendar: Calendar, roll: bool) -> DueDate:
    if not roll:
        return DueDate(end, False, tuple(facts))
    rolled = next_workday(end, calendar)
    return DueDate(rolled.date, rolled.is_provisional, (*facts, *rolled.facts))


def _require_plain_date(day: date) -> None:
    # A datetime is a date to Python; its day depends on a time zone that the caller must settle first.
    if isinstance(day, datetime):
        raise TypeError("give a date in Asia/Shanghai, not a datetime")
