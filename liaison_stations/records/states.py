"""接待记录: what becomes of what a visitor said (domain.md 3.5). Nobody closes anything here: once a record is opened
as a ledger item or a proposal, that one's state is the progress."""

from enum import StrEnum


class State(StrEnum):
    RECORDED = "recorded"
    ANSWERED = "answered"
    OPENED = "opened"
    PROPOSED = "proposed"
    DIVERTED = "diverted"
    VOIDED = "voided"


class Action(StrEnum):
    RECORD = "record"
    REVISE = "revise"
    ANSWER = "answer"
    OPEN_ITEM = "open_item"
    PROPOSE = "propose"
    DIVERT = "divert"
    VOID = "void"


MOVES: dict[Action, dict[State, State]] = {
    Action.REVISE: {State.RECORDED: State.RECORDED},
    Action.ANSWER: {State.RECORDED: State.ANSWERED},
    # whoever was not content with the words at the table comes back: the matter may still be opened
    Action.OPEN_ITEM: {State.RECORDED: State.OPENED, State.ANSWERED: State.OPENED},
    Action.PROPOSE: {State.RECORDED: State.PROPOSED, State.ANSWERED: State.PROPOSED},
    Action.DIVERT: {State.RECORDED: State.DIVERTED},
    Action.VOID: {State.RECORDED: State.VOIDED, State.ANSWERED: State.VOIDED, State.DIVERTED: State.VOIDED},
}
# Handed over for handling: from here on the ledger or the proposal says how far it is.
HANDED_OVER = frozenset({State.OPENED, State.PROPOSED})


def next_state(action: Action, state: State) -> State | None:
    """Where the action leads from here; None where it is not allowed."""
    return MOVES.get(action, {}).get(state)


def actions_from(state: State) -> frozenset[Action]:
    return frozenset(action for action, moves in MOVES.items() if state in moves)
