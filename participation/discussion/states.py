"""The words for where a thread and a comment stand."""

from enum import StrEnum


class ThreadState(StrEnum):
    """讨论状态."""

    OPEN = "open"
    CLOSED = "closed"  # by decision, with a summary


class State(StrEnum):
    """评论状态. What is hidden stays where it was and carries `hidden_at`."""

    WAITING = "waiting"
    RETURNED = "returned"
    REJECTED = "rejected"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """评论动作, as written in the trail."""

    WRITE = "write"
    TAKE = "take_for_review"
    RELEASE = "release"
    PUBLISH = "publish"
    PUBLISH_UNREVIEWED = "publish_unreviewed"
    RETURN = "return_for_correction"
    RESUBMIT = "resubmit"
    EDIT = "edit"
    PUBLISH_EDIT = "publish_edit"
    REFUSE_EDIT = "refuse_edit"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    HIDE = "hide"
    CONFIRM_HIDING = "confirm_hiding"
    RESTORE = "restore"
    RECONSIDER = "reconsider"


_WAITING = frozenset({State.WAITING})
_PUBLISHED = frozenset({State.PUBLISHED})

# (from, to); None: it stays where it is.
MOVES: dict[Action, tuple[frozenset[State], State | None]] = {
    Action.WRITE: (_WAITING, State.WAITING),
    Action.TAKE: (frozenset({State.WAITING, State.PUBLISHED}), None),
    Action.RELEASE: (frozenset({State.WAITING, State.PUBLISHED}), None),
    Action.PUBLISH: (_WAITING, State.PUBLISHED),
    Action.PUBLISH_UNREVIEWED: (_WAITING, State.PUBLISHED),
    Action.RETURN: (_WAITING, State.RETURNED),
    Action.RESUBMIT: (frozenset({State.RETURNED}), State.WAITING),
    Action.EDIT: (_PUBLISHED, None),
    Action.PUBLISH_EDIT: (_PUBLISHED, None),
    Action.REFUSE_EDIT: (_PUBLISHED, None),
    Action.REJECT: (_WAITING, State.REJECTED),
    Action.WITHDRAW: (frozenset({State.WAITING, State.RETURNED, State.PUBLISHED}), State.WITHDRAWN),
    Action.HIDE: (_PUBLISHED, None),
    Action.CONFIRM_HIDING: (_PUBLISHED, None),
    Action.RESTORE: (_PUBLISHED, None),
    Action.RECONSIDER: (frozenset({State.RETURNED, State.REJECTED}), State.WAITING),
}


def next_state(action: Action, now: State) -> State | None:
    """Where `action` leads from here; None when it may not be done."""
    sources, target = MOVES[action]
    if now not in sources:
        return None
    return target or now


def actions_from(now: State) -> frozenset[Action]:
    return frozenset(action for action, (sources, _target) in MOVES.items() if now in sources)
