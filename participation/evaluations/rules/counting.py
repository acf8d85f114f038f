"""Counts of a set of answers, and rates in whole numbers (decisions.md 14)."""

from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST_SAMPLE = 5
STARS = 5


@dataclass(frozen=True)
class Tally:
    """Counts of a set of answers; rates are withheld below five answers (样本不足)."""

    satisfied: int = 0
    basically: int = 0
    dissatisfied: int = 0
    invited: int = 0

    @property
    def answered(self) -> int:
        return self.satisfied + self.basically + self.dissatisfied

    @property
    def is_enough(self) -> bool:
        return self.answered >= SMALLEST_SAMPLE

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.satisfied + other.satisfied,
            self.basically + other.basically,
            self.dissatisfied + other.dissatisfied,
            self.invited + other.invited,
        )


def tally(values: Iterable[str], invited: int) -> Tally:
    """Silence is never counted as satisfied: it is in `invited` and nowhere else."""
    listed = list(values)
    return Tally(
        satisfied=listed.count("satisfied"),
        basically=listed.count("basically_satisfied"),
        dissatisfied=listed.count("dissatisfied"),
        invited=invited,
    )


@dataclass(frozen=True)
class StarTally:
    """How often one, two … five stars were given to one question."""

    counts: tuple[int, ...] = (0,) * STARS

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def added_up(self) -> "StarSum":
        return StarSum(sum(number * count for number, count in enumerate(self.counts, start=1)), self.answered)

    def __add__(self, other: "StarTally") -> "StarTally":
        return StarTally(tuple(mine + theirs for mine, theirs in zip(self.counts, other.counts, strict=True)))


@dataclass(frozen=True)
class StarSum:
    """Stars given to one question, added up: their sum and how many gave them."""

    total: int = 0
    answered: int = 0

    def __add__(self, other: "StarSum") -> "StarSum":
        return StarSum(self.total + other.total, self.answered + other.answered)

    @property
    def mean_tenths(self) -> int | None:
        """Mean of the stars in tenths, rounded half up: 43 is 4.3 stars. None without an answer."""
        return (20 * self.total + self.answered) // (2 * self.answered) if self.answered else None


def star_tally(stars: Iterable[int]) -> StarTally:
    listed = list(stars)
    return StarTally(tuple(listed.count(number) for number in range(1, STARS + 1)))


def tenths(part: int, whole: int) -> int | None:
    """Tenths of a percent, rounded half up in whole numbers: 333 is 33.3 %. None without a denominator.

    Rounding never makes all of nearly all, nor nothing of a few: 2999 of 3000 is 99.9 %, 1 of 3000 is 0.1 %.
    """
    if not whole:
        return None
    rounded = (2000 * part + whole) // (2 * whole)
    if part < whole:
        rounded = min(rounded, 999)
    return max(rounded, 1) if part else rounded


def percent_in_words(part: int, whole: int) -> str:
    """“33.3%”; empty without a denominator."""
    found = tenths(part, whole)
    return "" if found is None else f"{found // 10}.{found % 10}%"
