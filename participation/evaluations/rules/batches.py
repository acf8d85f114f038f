"""What may be published together (decisions.md 14).

Every published figure, whatever its place, unit or period, is a sum of whole batches, and a batch holds at least five
ratings. So is every difference of two figures, on one day or between two days: nothing under five can be recomputed.
What is left waits: it is neither shown nor contained in any sum.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

SMALLEST_CELL = 5


class Pool(NamedTuple):
    """What may be published in one batch; `unit` None: several units of the place, put together by the quarter."""

    kind: str
    source: str
    place: int | None
    unit: int | None


@dataclass(frozen=True)
class Waiting:
    """A closed round that no batch holds yet. `counted`: its ratings without those whose raters show them."""

    round: int
    kind: str
    source: str
    place: int | None
    unit: int | None
    counted: int


@dataclass(frozen=True)
class Batch:
    pool: Pool
    rounds: tuple[int, ...]


def batches_due(waiting: Iterable[Waiting]) -> list[Batch]:
    """A round with five ratings is a batch of its own; smaller ones of one unit go together once they have five."""
    alone, rest = [], defaultdict(list)
    for each in waiting:
        pool = Pool(each.kind, each.source, each.place, each.unit)
        if each.counted >= SMALLEST_CELL:
            alone.append(Batch(pool, (each.round,)))
        else:
            rest[pool].append(each)
    return alone + _large_enough(rest)


def batches_of_quarter(waiting: Iterable[Waiting]) -> list[Batch]:
    """At the end of a quarter, where the terms pool: what is left of all units of a place, if that makes five."""
    rest = defaultdict(list)
    for each in waiting:
        rest[Pool(each.kind, each.source, each.place, None)].append(each)
    return _large_enough(rest)


def _large_enough(groups: dict[Pool, list[Waiting]]) -> list[Batch]:
    return [
        Batch(pool, tuple(each.round for each in group))
        for pool, group in groups.items()
        if sum(each.counted for each in group) >= SMALLEST_CELL
    ]
