"""What can be said of a round in public (decisions.md 14)."""

from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST_SAMPLE = 5


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


def tally(values: Iterable[str], invited: int) -> Tally:
    """Silence is never counted as satisfied: it is in `invited` and nowhere else."""
    listed = list(values)
    return Tally(
        satisfied=listed.count("satisfied"),
        basically=listed.count("basically_satisfied"),
        dissatisfied=listed.count("dissatisfied"),
        invited=invited,
    )
