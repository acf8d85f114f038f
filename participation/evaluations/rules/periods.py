"""年、季度: the periods by which published figures are asked for."""

import re
from dataclasses import dataclass
from datetime import date

PATTERN = re.compile(r"([0-9]{4})(?:-Q([1-4]))?", re.ASCII)
EARLIEST = 1990


@dataclass(frozen=True)
class Period:
    """`quarter` None is the whole year."""

    year: int
    quarter: int | None = None

    @property
    def key(self) -> str:
        return str(self.year) if self.quarter is None else f"{self.year}-Q{self.quarter}"

    @property
    def first(self) -> date:
        return date(self.year, 1 if self.quarter is None else 3 * self.quarter - 2, 1)

    @property
    def until(self) -> date:
        """The first day after it."""
        if self.quarter in (None, 4):
            return date(self.year + 1, 1, 1)
        return date(self.year, 3 * (self.quarter or 0) + 1, 1)

    def holds(self, year: int, quarter: int) -> bool:
        return self.year == year and self.quarter in (None, quarter)


def period_of(key: str) -> Period | None:
    """ "2026" or "2026-Q3"; None for anything else."""
    found = PATTERN.fullmatch(key)
    if found is None or not EARLIEST <= int(found[1]) <= 9998:
        return None
    return Period(int(found[1]), int(found[2]) if found[2] else None)
