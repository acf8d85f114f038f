"""Slots of a session that can be booked: how they are cut, and which seat is free."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta


def slots(start: time, end: time, minutes: int | None) -> list[tuple[time, time]]:
    """The whole session without `minutes`; what is left over at the end belongs to the last slot."""
    if not minutes:
        return [(start, end)]
    base = datetime.combine(date(2000, 1, 1), start)
    length = datetime.combine(date(2000, 1, 1), end) - base
    step = timedelta(minutes=minutes)
    count = max(1, length // step)
    edges = [(base + step * n).time() for n in range(count)]
    return list(zip(edges, [*edges[1:], end], strict=True))


def free_seat(taken: Collection[int], capacity: int) -> int | None:
    """The lowest seat from 1 that nobody holds; None when the slot is full."""
    return next((seat for seat in range(1, capacity + 1) if seat not in taken), None)
