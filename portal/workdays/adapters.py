"""The pip package chinesecalendar behind our own terms: a year it does not know is None, not an exception."""

from datetime import date

import chinese_calendar

from .rules import Day

NAMES = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
FIRST_YEAR = min(chinese_calendar.holidays).year
LAST_YEAR = max(chinese_calendar.holidays).year


def published(day: date) -> Day | None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    is_holiday, name = chinese_calendar.get_holiday_detail(day)
    return Day(day, is_workday=not is_holiday, name=NAMES.get(name, name or ""))
