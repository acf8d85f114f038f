"""待处理, 已更正, 不属实. An answer is given once."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    CORRECTED = "corrected"
    UNFOUNDED = "unfounded"


ANSWERS = (State.CORRECTED, State.UNFOUNDED)
MOVES: dict[State, tuple[State, ...]] = {State.WAITING: ANSWERS, State.CORRECTED: (), State.UNFOUNDED: ()}


def may_move(before: State, after: State) -> bool:
    return after in MOVES[before]
