"""满意度 and the life of a round."""

from enum import StrEnum


class Value(StrEnum):
    """满意度测评的三档."""

    SATISFIED = "satisfied"
    BASICALLY = "basically_satisfied"
    DISSATISFIED = "dissatisfied"


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


NEEDS_REASON = frozenset({Value.DISSATISFIED})
