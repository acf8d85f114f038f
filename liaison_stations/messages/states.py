"""留言: what becomes of a message to a station or a deputy. Nobody closes anything here: once it is opened as a ledger
item, that one's state is the progress (代表法 第三十一条)."""

from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"
    OPENED = "opened"
    PROPOSED = "proposed"
    DIVERTED = "diverted"
    REJECTED = "rejected"


class Action(StrEnum):
    LEAVE = "leave"
    PASS_ON = "pass_on"  # noqa: S105 - a verb
    ANSWER = "answer"
    OPEN_ITEM = "open_item"
    PROPOSE = "propose"
    DIVERT = "divert"
    REJECT = "reject"


# The sender still waits for a first word.
WAITING = (State.RECEIVED, State.PASSED_ON)
MOVES: dict[Action, dict[State, State]] = {
    # to another deputy again, where the first one left office or is ill
    Action.PASS_ON: dict.fromkeys(WAITING, State.PASSED_ON),
    Action.ANSWER: dict.fromkeys(WAITING, State.ANSWERED),
    # who was told 已反映 may still be helped by the ledger, or by a proposal of their own
    Action.OPEN_ITEM: dict.fromkeys([*WAITING, State.ANSWERED], State.OPENED),
    Action.PROPOSE: dict.fromkeys([*WAITING, State.ANSWERED], State.PROPOSED),
    Action.DIVERT: dict.fromkeys(WAITING, State.DIVERTED),
    Action.REJECT: dict.fromkeys(WAITING, State.REJECTED),
}


def next_state(action: Action, state: State) -> State | None:
    """Where the action leads from here; None where it is not allowed."""
    return MOVES.get(action, {}).get(state)


def actions_from(state: State) -> frozenset[Action]:
    return frozenset(action for action, moves in MOVES.items() if state in moves)
