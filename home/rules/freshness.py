"""How long a home page or a column may go without anything new (国办秘函〔2019〕19号; domain.md 5.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HOME_DAYS, ALARM_DAYS = 14, 10
LIMIT_DAYS = {"news": 14, "notice": 183, "policy": 183}
# 5 columns overdue, 10 overdue of every kind, or 5 empty ones: the whole site fails
OVERDUE_FAILS, EVERY_OVERDUE_FAILS, EMPTY_FAILS = 5, 10, 5


@dataclass(frozen=True)
class Freshness:
    """`state`: fresh, due (soon over), overdue or empty. `left` days remain before the limit, negative when over."""

    state: str
    days: int | None
    limit: int

    @property
    def left(self) -> int | None:
        return None if self.days is None else self.limit - self.days


def freshness(last: date | None, today: date, limit: int) -> Freshness:
    """The day of the limit is still in time; the alarm rings four days earlier, or at a tenth of a long limit."""
    if last is None:
        return Freshness("empty", None, limit)
    days = (today - last).days
    notice = max(HOME_DAYS - ALARM_DAYS, limit // 10)
    state = "overdue" if days > limit else "due" if days >= limit - notice else "fresh"
    return Freshness(state, days, limit)


def site_fails(home: Freshness, columns: Iterable[Freshness]) -> list[str]:
    """Which of the four knock-out rules is broken: home, overdue, many_overdue, empty."""
    states = [each.state for each in columns]
    broken = ["home"] if home.state in ("overdue", "empty") else []
    if states.count("overdue") >= EVERY_OVERDUE_FAILS:
        broken.append("many_overdue")
    elif states.count("overdue") >= OVERDUE_FAILS:
        broken.append("overdue")
    if states.count("empty") >= EMPTY_FAILS:
        broken.append("empty")
    return broken
