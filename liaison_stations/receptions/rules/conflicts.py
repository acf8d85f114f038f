"""Clashes of a month's sessions: the same person, place or station at the same time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations


@dataclass(frozen=True)
class Slot:
    """When and where, and who is bound by it. `row` is where it stands on the grid; 0 for one that is elsewhere."""

    key: str
    label: str
    day: date
    start: time
    end: time
    station: str
    venue: str = ""
    people: frozenset[str] = frozenset()
    row: int = 0


@dataclass(frozen=True)
class Conflict:
    """`is_hard`: nobody is in two places at once; a hall may well be shared, so that is a question."""

    kind: str
    first: Slot
    second: Slot
    what: str
    is_hard: bool

    def __str__(self) -> str:
        return self.what


def overlaps(first: Slot, second: Slot) -> bool:
    return first.day == second.day and first.start < second.end and second.start < first.end


def conflicts(rows: Sequence[Slot], others: Iterable[Slot] = ()) -> list[Conflict]:
    """Among the rows, and of a row with one that stands elsewhere."""
    pairs = [*combinations(rows, 2), *((row, other) for other in others for row in rows if other.key != row.key)]
    found = []
    for first, second in pairs:
        if not overlaps(first, second):
            continue
        when = f"{first.day.month}月{first.day.day}日{first.start:%H:%M}—{first.end:%H:%M}"
        for person in sorted(first.people & second.people):
            name = person.split("|")[-1]
            what = f"{name}{when}已安排在“{second.label}”，与“{first.label}”时间重叠。"
            found.append(Conflict("person", first, second, what, is_hard=True))
        if first.venue and first.venue == second.venue:
            what = f"同一场所{when}安排了两场接待：“{first.label}”和“{second.label}”。"
            found.append(Conflict("place", first, second, what, is_hard=False))
        elif first.station == second.station and not (first.venue and second.venue):
            what = f"“{first.label}”{when}安排了两场接待，时间重叠。"
            found.append(Conflict("time", first, second, what, is_hard=False))
    return found
