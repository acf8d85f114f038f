"""等次: what the votes of a frozen roll amount to (domain.md 3.7, decisions.md 24).

The public rule reads: 满意票达到全体组成人员半数以上 = 满意; 满意不足半数但加基本满意达到半数以上 = 基本满意;
满意加基本满意不足半数(含半数) = 不满意. At exactly half its second and third sentence contradict each other, so the
terms say whether exactly half counts (`tie_class`).
"""

from dataclasses import asdict, dataclass
from typing import Any

from ..states import Value


@dataclass(frozen=True)
class ClassRule:
    """The share of the roll that a class needs; `half_counts` decides a tie at exactly that share."""

    numerator: int = 1
    denominator: int = 2
    half_counts: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def is_reached(self, votes: int, roll: int) -> bool:
        left, right = votes * self.denominator, roll * self.numerator
        return left > right or (left == right and self.half_counts)


def class_of(*, satisfied: int, basically: int, dissatisfied: int, roll: int, rule: ClassRule) -> Value | None:
    """The class by the frozen roll, not by the answers. None where nobody was on the roll or nobody answered."""
    if roll <= 0 or satisfied + basically + dissatisfied == 0:
        return None
    if rule.is_reached(satisfied, roll):
        return Value.SATISFIED
    if rule.is_reached(satisfied + basically, roll):
        return Value.BASICALLY
    return Value.DISSATISFIED
