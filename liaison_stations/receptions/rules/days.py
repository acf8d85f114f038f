"""Day rules of a scheme, and shifting off holidays.

`day:15` the 15th; `days:4,14,24`; `weekday:3` every Wednesday; `weekday:6:2` the second Saturday; "" any day.
"""

import calendar as months
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.workdays.rules import WEEKDAYS, Calendar, day_in_words

_RULE = re.compile(
    r"day:(?P<day>\d{1,2})|days:(?P<days>\d{1,2}(?:,\d{1,2})*)|weekday:(?P<weekday>[1-7])(?::(?P<nth>[1-5]))?"
)


@dataclass(frozen=True)
class Shift:
    """A proposal, never done by itself: a session on a rest day, and the working day it could go to."""

    key: str
    day: date
    to: date
    why: str


def is_day_rule(text: str) -> bool:
    if not text:
        return True
    match = _RULE.fullmatch(text)
    if match is None:
        return False
    days = [match["day"], *(match["days"] or "").split(",")]
    return all(1 <= int(day) <= 31 for day in days if day)


_NUMERALS = {word: number for number, word in enumerate("一二三四五", 1)} | {str(n): n for n in range(1, 6)}
_DAY_NAMES = {word: number for number, word in enumerate("一二三四五六", 1)} | {"日": 7, "天": 7}
_IN_WORDS = re.compile(
    r"每?月?(?:第(?P<nth>[一二三四五1-5])个|每)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|每?月?(?P<days>\d{1,2}(?:[日号]?[、,，和]\d{1,2})*)[日号]"
)


def rule_of_words(text: str) -> str:
    """`weekday:6:2` of 每月第二个星期六, `days:4,14,24` of 每月4、14、24日; a rule itself and what is not understood as
    they are. "" of 不限."""
    plain = re.sub(r"\s+", "", text)
    if plain in ("不限", "不限日期"):
        return ""
    match = _IN_WORDS.fullmatch(plain)
    if match is None:
        return text.strip()
    if match["weekday"]:
        day = f"weekday:{_DAY_NAMES[match['weekday']]}"
        return f"{day}:{_NUMERALS[match['nth']]}" if match["nth"] else day
    days = re.findall(r"\d{1,2}", match["days"])
    return f"days:{','.join(days)}" if len(days) > 1 else f"day:{days[0]}"


def fits(rule: str, day: date) -> bool:
    return not rule or day in days_of_month(rule, day.year, day.month)


def days_of_month(rule: str, year: int, month: int) -> list[date]:
    """The days that a rule names in a month; a day that the month lacks is left out. "" names none: any day will do."""
    match = _RULE.fullmatch(rule)
    if match is None:
        return []
    last = months.monthrange(year, month)[1]
    every = [date(year, month, number) for number in range(1, last + 1)]
    if match["weekday"]:
        found = [day for day in every if day.isoweekday() == int(match["weekday"])]
        if match["nth"]:
            found = found[int(match["nth"]) - 1 : int(match["nth"])]
        return found
    wanted = {int(number) for number in (match["day"] or match["days"]).split(",")}
    return [day for day in every if day.day in wanted]


def rule_in_words(rule: str) -> str:
    match = _RULE.fullmatch(rule)
    if match is None:
        return "不限日期"
    if match["weekday"]:
        name = WEEKDAYS[int(match["weekday"]) - 1]
        return f"每月第{match['nth']}个{name}" if match["nth"] else f"每{name}"
    return "每月" + "、".join((match["day"] or match["days"]).split(",")) + "日"


def shifts(days: Iterable[tuple[str, date]], calendar: Calendar) -> list[Shift]:
    """For every session that falls on a public holiday the next working day; an ordinary weekend is no reason:
    stations receive on Sundays."""
    found = []
    for key, day in days:
        known = calendar.day(day)
        if known.is_workday or not known.name:
            continue
        to = day + timedelta(days=1)
        while not calendar.day(to).is_workday:
            to += timedelta(days=1)
        found.append(Shift(key, day, to, f"{known.explain()}，可以顺延到{day_in_words(to)}。"))
    return found


def months_apart(year: int, month: int, by: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def same_place_in_month(day: date, year: int, month: int) -> date:
    """Copying a month: the second Wednesday stays the second Wednesday; a fifth one that is missing is the fourth."""
    nth = (day.day - 1) // 7
    every = days_of_month(f"weekday:{day.isoweekday()}", year, month)
    return every[min(nth, len(every) - 1)]
