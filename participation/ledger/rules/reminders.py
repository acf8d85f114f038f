"""When somebody is reminded, and how far up the ladder it goes: 经办人 → 单位负责人 → 工委主任."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .clock import SOON_DAYS, Clock


class Stage(StrEnum):
    """提醒的时点; each is told once."""

    SOON = "soon"
    TARGET = "target"
    LIMIT = "limit"


class Rung(StrEnum):
    HANDLER = "handler"
    UNIT_HEAD = "unit_head"
    DIRECTOR = "director"


LADDER: dict[Stage, frozenset[Rung]] = {
    Stage.SOON: frozenset({Rung.HANDLER}),
    Stage.TARGET: frozenset({Rung.HANDLER, Rung.UNIT_HEAD}),
    Stage.LIMIT: frozenset({Rung.HANDLER, Rung.UNIT_HEAD, Rung.DIRECTOR}),
}


@dataclass(frozen=True)
class Reminder:
    stage: Stage
    due_on: date


def reminder_due(clock: Clock, today: date) -> Reminder | None:
    """The highest stage that has come; None where nothing is due or the clock has stopped.

    Who was not reminded in time hears of the stage that holds now, not of all that were missed.
    """
    if clock.due is None or clock.stopped_on is not None:
        return None
    if clock.limit is not None and today >= clock.limit.date:
        return Reminder(Stage.LIMIT, clock.limit.date)
    first = (clock.target or clock.due).date
    if today >= first:
        return Reminder(Stage.TARGET, first)
    return _soon(first, today)


def day_reminder_due(due_on: date, today: date) -> Reminder | None:
    """For a single day without a limit behind it: a promise, a helping unit's opinion, an assignment to be made."""
    return Reminder(Stage.TARGET, due_on) if today >= due_on else _soon(due_on, today)


def _soon(due_on: date, today: date) -> Reminder | None:
    return Reminder(Stage.SOON, due_on) if today > due_on - timedelta(days=SOON_DAYS) else None
