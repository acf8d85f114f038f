"""接待场次: the states of a session and the table of legal moves (domain.md 3.5)."""

from enum import StrEnum


class Status(StrEnum):
    PLANNED = "planned"
    PUBLISHED = "published"
    HELD = "held"
    CANCELLED = "cancelled"
    MOVED = "moved"


class Action(StrEnum):
    PLAN = "plan"
    REVISE = "revise"
    REMOVE = "remove"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH = "publish"
    SUBSTITUTE = "substitute"
    THEME = "theme"
    HOLD = "hold"
    CANCEL = "cancel"
    MOVE = "move"
    BOOK = "book"


MOVES: dict[Action, dict[Status, Status]] = {
    Action.REVISE: {Status.PLANNED: Status.PLANNED},
    Action.REMOVE: {Status.PLANNED: Status.PLANNED},
    Action.SUBMIT: {Status.PLANNED: Status.PLANNED},
    Action.APPROVE: {Status.PLANNED: Status.PLANNED},
    Action.RETURN: {Status.PLANNED: Status.PLANNED},
    Action.PUBLISH: {Status.PLANNED: Status.PUBLISHED},
    Action.SUBSTITUTE: {Status.PLANNED: Status.PLANNED, Status.PUBLISHED: Status.PUBLISHED},
    Action.THEME: {
        Status.PLANNED: Status.PLANNED,
        Status.PUBLISHED: Status.PUBLISHED,
        Status.HELD: Status.HELD,
    },
    Action.HOLD: {Status.PUBLISHED: Status.HELD},
    Action.CANCEL: {Status.PUBLISHED: Status.CANCELLED},
    Action.MOVE: {Status.PUBLISHED: Status.MOVED},
    Action.BOOK: {Status.PUBLISHED: Status.PUBLISHED},
}
# What anybody may see: a plan is nobody's business before it is published.
PUBLIC = frozenset({Status.PUBLISHED, Status.HELD, Status.CANCELLED, Status.MOVED})
# What takes up people and places.
TAKING_PLACE = frozenset({Status.PLANNED, Status.PUBLISHED, Status.HELD})


def next_status(action: Action, status: Status) -> Status | None:
    """Where the action leads from here; None where it is not allowed."""
    return MOVES.get(action, {}).get(status)


def actions_from(status: Status) -> frozenset[Action]:
    return frozenset(action for action, moves in MOVES.items() if status in moves)
