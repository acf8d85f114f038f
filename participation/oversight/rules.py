"""What must hold for an appraisal: dispatches, the counts of the session, what may be made public."""

from collections.abc import Iterable
from enum import StrEnum

DISPATCHES = ("party_committee", "superior_department", "filing_authority")  # X12: three, in any order
APPRAISED_KINDS = frozenset({"office", "department", "dispatched"})  # 街道办事处、职能部门、派驻机构


class Publicity(StrEnum):
    """The term `appraisal_public`."""

    NONE = "none"
    SUMMARY = "summary"
    FULL = "full"

    @property
    def shows_counts(self) -> bool:
        return self is Publicity.FULL


def missing_dispatches(sent: Iterable[str]) -> tuple[str, ...]:
    known = set(sent)
    return tuple(each for each in DISPATCHES if each not in known)


def can_be_appraised(kind: str) -> bool:
    return kind in APPRAISED_KINDS


def session_fits(*, expected: int, attended: int) -> bool:
    """应到、实到."""
    return 0 < attended <= expected


def ballots_fit(*, roll: int, issued: int, returned: int, answered: int) -> bool:
    """发出、收回: nobody gets two, and every answer that is counted came back."""
    return answered <= returned <= issued <= roll


def half_counts(tie_class: str) -> bool:
    """Whether exactly half is 半数以上 (`tie_class`)."""
    return tie_class == "counts"
