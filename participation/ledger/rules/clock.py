"""The clocks of a ledger item: computed from facts, terms and the calendar, never stored (C32, C33, X05).

The basis depends on the source (domain.md, five things 7). Without a basis nothing is due, nothing is late, nothing is
red. Late begins on the day after the limit.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from portal.workdays.rules import Calendar, DueDate, add_days, add_months, day_in_words, next_workday, nth_workday_after

SOON_DAYS = 7  # yellow from so many days before the target (C32 “提前7天提醒”)
LAW_TARGET_MONTHS, LAW_LIMIT_MONTHS = 3, 6  # 代表法 第五十一条


class Basis(StrEnum):
    """办理时限的依据."""

    LAW = "law"  # 代表法 第五十一条
    DOCUMENT = "document"  # the jurisdiction's own document
    PROMISE = "promise"  # 本站承诺办理时限
    NONE = "none"


class Colour(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"  # no basis, or stopped


@dataclass(frozen=True)
class Period:
    """From a day to a day, both counted; `until` None goes on."""

    start: date
    until: date | None = None

    def days(self, today: date) -> int:
        return max(((self.until or today) - self.start).days, 0)


@dataclass(frozen=True)
class Facts:
    """What the ledger knows. `stopped_on` is the day of the reply or of 办结, as the terms name (`overdue_clock`)."""

    basis: Basis
    starts_on: date | None
    clause: str = ""
    target_months: int | None = None
    limit_months: int | None = None
    promise_days: int | None = None
    rework_months: int | None = None
    extended_to: date | None = None
    pauses: tuple[Period, ...] = ()
    stopped_on: date | None = None
    rolls: bool = True


@dataclass(frozen=True)
class Clock:
    """When it should be done and when it must be; both None where nothing is due."""

    basis: Basis
    target: DueDate | None = None
    limit: DueDate | None = None
    colour: Colour = Colour.NONE
    days_left: int | None = None
    clause: str = ""
    stopped_on: date | None = None
    explanation: tuple[str, ...] = field(default=(), repr=False)
    is_stopped: bool = False

    @property
    def due(self) -> DueDate | None:
        """The day that the item is measured by."""
        return self.limit or self.target

    @property
    def is_overdue(self) -> bool:
        return self.colour == Colour.RED

    @property
    def is_provisional(self) -> bool:
        return bool(self.due and self.due.is_provisional)


def read_clock(facts: Facts, today: date, calendar: Calendar) -> Clock:
    """The clock as it stands on `today` (a day in Shanghai)."""
    if facts.starts_on is None or facts.basis == Basis.NONE:
        return Clock(facts.basis, explanation=(_why_none(facts),))
    target, limit = _due_dates(facts, today, calendar)
    if target is None and limit is None:
        return Clock(Basis.NONE, explanation=(_why_none(facts),))
    day = facts.stopped_on or today
    measured = limit or target
    assert measured is not None  # noqa: S101 - one of the two is there
    days_left = (measured.date - day).days
    colour = _colour(day, target, limit)
    if facts.stopped_on is not None and colour != Colour.RED:
        colour = Colour.NONE
    return Clock(
        basis=facts.basis,
        target=target,
        limit=limit,
        colour=colour,
        days_left=days_left,
        clause=facts.clause,
        stopped_on=facts.stopped_on,
        explanation=_explain(facts, target, limit, today),
        is_stopped=facts.stopped_on is not None,
    )


def _due_dates(facts: Facts, today: date, calendar: Calendar) -> tuple[DueDate | None, DueDate | None]:
    assert facts.starts_on is not None  # noqa: S101 - asked by the caller
    start, rolls = facts.starts_on, facts.rolls
    if facts.rework_months is not None:
        return None, _moved(add_months(start, facts.rework_months, calendar, rolls), facts, today, calendar)
    if facts.basis == Basis.PROMISE:
        if not facts.promise_days:
            return None, None
        return None, _moved(add_days(start, facts.promise_days, calendar, rolls), facts, today, calendar)
    target = add_months(start, facts.target_months, calendar, rolls) if facts.target_months else None
    limit = add_months(start, facts.limit_months, calendar, rolls) if facts.limit_months else None
    if facts.extended_to is not None:
        target = DueDate(facts.extended_to, facts=(f"经批准延期至{day_in_words(facts.extended_to)}。",))
    return (
        _moved(target, facts, today, calendar) if target else None,
        _moved(limit, facts, today, calendar) if limit else None,
    )


def _moved(due: DueDate, facts: Facts, today: date, calendar: Calendar) -> DueDate:
    """A pause moves the limit by its calendar days (decisions.md 21)."""
    paused = sum(pause.days(today) for pause in facts.pauses)
    if not paused:
        return due
    words = f"暂停{paused}天，期限顺延{paused}天。"
    end = due.date + timedelta(days=paused)
    if not facts.rolls:
        return DueDate(end, due.is_provisional, (*due.facts, words))
    rolled = next_workday(end, calendar)
    return DueDate(rolled.date, due.is_provisional or rolled.is_provisional, (*due.facts, words, *rolled.facts))


def _colour(day: date, target: DueDate | None, limit: DueDate | None) -> Colour:
    last = limit or target
    if last is not None and day > last.date:
        return Colour.RED
    first = target or limit
    if first is not None and day > first.date - timedelta(days=SOON_DAYS):
        return Colour.YELLOW
    return Colour.GREEN


def assign_by(
    session_end: date | None, assign_months: int | None, calendar: Calendar, rolls: bool = True
) -> DueDate | None:
    """C32: by when it must have been assigned; council opinions only."""
    if session_end is None or not assign_months:
        return None
    return add_months(session_end, assign_months, calendar, rolls)


def return_by(assigned_on: date, return_workdays: int, calendar: Calendar) -> DueDate:
    """Until when a unit may send back what is not its remit."""
    return nth_workday_after(assigned_on, return_workdays, calendar)


def helper_due_on(assigned_on: date, lead_due: date | None) -> date | None:
    """A co-handling unit's own, shorter clock: half of the lead's days, so that the opinion can go into the reply.

    None where the lead has no day to halve, or fewer than two days left: then somebody has to name one.
    """
    if lead_due is None or (lead_due - assigned_on).days < 2:
        return None
    return assigned_on + (lead_due - assigned_on) // 2


def extension_cap(facts: Facts, calendar: Calendar) -> DueDate | None:
    """The last day an extension may name: the limit of the basis (6 months in all)."""
    if facts.starts_on is None or not facts.limit_months:
        return None
    return add_months(facts.starts_on, facts.limit_months, calendar, facts.rolls)


def remaining_in_words(clock: Clock, is_stopped: bool) -> str:
    """剩 12 天 / 今天到期 / 已超期 3 天; empty where nothing is due or the clock has stopped in time."""
    if clock.days_left is None:
        return ""
    if clock.days_left < 0:
        return f"超期 {-clock.days_left} 天办结" if is_stopped else f"已超期 {-clock.days_left} 天"
    if is_stopped:
        return ""
    return "今天到期" if clock.days_left == 0 else f"剩 {clock.days_left} 天"


_BASIS_WORDS = {
    Basis.LAW: "依据《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》第五十一条",
    Basis.PROMISE: "本站承诺办理时限",
    Basis.NONE: "没有规定办理时限",
}


def _why_none(facts: Facts) -> str:
    if facts.basis != Basis.NONE and facts.starts_on is None:
        return "尚未交办，办理时限自交办之日起计算。"
    return "本事项没有规定办理时限，不计超期。"


def _explain(facts: Facts, target: DueDate | None, limit: DueDate | None, today: date) -> tuple[str, ...]:
    lines = []
    if facts.rework_months is not None:
        lines.append("重新办理的时限：")
    elif facts.basis in _BASIS_WORDS:
        lines.append(f"{_BASIS_WORDS[facts.basis]}：")
    if target is not None:
        lines += [f"目标：{line}" for line in target.explain()]
    if limit is not None:
        lines += [f"最迟：{line}" if target is not None else line for line in limit.explain()]
    if facts.stopped_on is not None:
        lines.append(f"{day_in_words(facts.stopped_on)}停止计算。")
    return tuple(lines)
