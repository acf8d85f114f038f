"""留言: what becomes of a message to a station or a deputy. Nobody closes anything here: once it is opened as a ledger
item, that one's state is the progress (代表法 第三十一条)."""

from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"
    OPENED = "opened"
    DIVERTED = "diverted"
    REJECTED = "rejected"


class Action(StrEnum):
    LEAVE = "leave"
    ANSWER = "answer"
    OPEN_ITEM = "open_item"
    DIVERT = "divert"
    REJECT = "reject"


MOVES: dict[Action, dict[State, State]] = {
    Action.ANSWER: {State.RECEIVED: State.ANSWERED},
    # who was told 已反映 may still be helped by the ledger
    Action.OPEN_ITEM: {State.RECEIVED: State.OPENED, State.ANSWERED: State.OPENED},
    Action.DIVERT: {State.RECEIVED: State.DIVERTED},
    Action.REJECT: {State.RECEIVED: State.REJECTED},
}
# The sender still waits for a first word.
WAITING = frozenset({State.RECEIVED})


def next_state(action: Action, state: State) -> State | None:
    """Where the action leads from here; None where it is not allowed."""
    return MOVES.get(action, {}).get(state)


def actions_from(state: State) -> frozenset[Action]:
    return frozenset(action for action, moves in MOVES.items() if state in moves)
