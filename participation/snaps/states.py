"""The states of a photo report and every legal move between them (domain.md 3.9)."""

from enum import StrEnum


class State(StrEnum):
    """随手拍状态. `in_progress` of the map is the state of the ledger item or of the 12345 ticket, never our own."""

    CAPTURED = "captured"
    RETURNED = "returned"
    REJECTED = "rejected"
    DIVERTED = "diverted"
    REVIEWED = "reviewed"
    DUPLICATE = "duplicate"
    FORWARDED = "forwarded"
    ASSIGNED = "assigned"
    FEEDBACK = "feedback"
    VERIFIED = "verified"
    CLOSED = "closed"


class Action(StrEnum):
    """随手拍动作; also the verb of the trail entry."""

    CAPTURE = "capture"
    TAKE = "take_for_review"
    RELEASE = "release"
    CLASSIFY = "classify"
    REDACT = "redact_photo"
    ADD_UNIT_PHOTOS = "add_unit_photos"
    REVIEW = "review"
    RETURN = "return_for_correction"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    DIVERT = "divert"
    MERGE = "merge"
    FORWARD = "forward_to_hotline"
    ASSIGN = "assign"
    CORRECT_NUMBER = "correct_hotline_number"
    RECEIVE_FEEDBACK = "receive_feedback"
    STILL_THERE = "find_still_there"
    VERIFY = "verify"
    CLOSE = "close"
    HIDE = "hide"
    RESTORE = "restore"
    RECONSIDER = "reconsider"


PUBLIC = frozenset(
    {
        State.REVIEWED,
        State.DUPLICATE,
        State.FORWARDED,
        State.ASSIGNED,
        State.FEEDBACK,
        State.VERIFIED,
        State.CLOSED,
    }
)
# a second report of these is answered with 我也看到
OPEN = frozenset({State.REVIEWED, State.FORWARDED, State.ASSIGNED, State.FEEDBACK})
ENDED = frozenset({State.REJECTED, State.DIVERTED, State.DUPLICATE, State.CLOSED})
_STAYS_PUBLIC = {state: state for state in PUBLIC}

# action -> {from: to}; what is not listed is refused.
MOVES: dict[Action, dict[State, State]] = {
    Action.TAKE: {State.CAPTURED: State.CAPTURED},
    Action.RELEASE: {State.CAPTURED: State.CAPTURED},
    Action.CLASSIFY: {state: state for state in (State.CAPTURED, State.REVIEWED, State.FORWARDED, State.ASSIGNED)},
    Action.REDACT: {state: state for state in (State.CAPTURED, State.RETURNED, *sorted(PUBLIC))},
    Action.ADD_UNIT_PHOTOS: {state: state for state in (State.ASSIGNED, State.VERIFIED, State.CLOSED)},
    Action.REVIEW: {State.CAPTURED: State.REVIEWED},
    Action.RETURN: {State.CAPTURED: State.RETURNED},
    Action.RESUBMIT: {State.RETURNED: State.CAPTURED},
    Action.REJECT: {State.CAPTURED: State.REJECTED},
    Action.DIVERT: {State.CAPTURED: State.DIVERTED},
    Action.MERGE: {State.CAPTURED: State.DUPLICATE, State.REVIEWED: State.DUPLICATE},
    # from assigned only where its ledger item was voided, an entry by mistake
    Action.FORWARD: {State.REVIEWED: State.FORWARDED, State.ASSIGNED: State.FORWARDED},
    Action.ASSIGN: {State.REVIEWED: State.ASSIGNED},
    Action.CORRECT_NUMBER: {state: state for state in (State.FORWARDED, State.FEEDBACK, State.VERIFIED, State.CLOSED)},
    Action.RECEIVE_FEEDBACK: {State.FORWARDED: State.FEEDBACK},
    # on site it is as before: back to whom it was given; an assigned one never left them
    Action.STILL_THERE: {State.FEEDBACK: State.FORWARDED, State.ASSIGNED: State.ASSIGNED},
    Action.VERIFY: {State.FEEDBACK: State.VERIFIED, State.ASSIGNED: State.VERIFIED},
    Action.CLOSE: {State.FEEDBACK: State.CLOSED, State.ASSIGNED: State.CLOSED, State.VERIFIED: State.CLOSED},
    Action.HIDE: _STAYS_PUBLIC,
    Action.RESTORE: _STAYS_PUBLIC,
    # an appeal was granted
    Action.RECONSIDER: dict.fromkeys((State.RETURNED, State.REJECTED, State.DIVERTED), State.CAPTURED),
}


def next_state(action: Action, now: State) -> State | None:
    """Where `action` leads from `now`; None when it may not be done there."""
    return MOVES.get(action, {}).get(now)


def actions_from(now: State) -> frozenset[Action]:
    return frozenset(action for action, moves in MOVES.items() if now in moves)
