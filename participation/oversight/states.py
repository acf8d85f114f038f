"""工作评议: the states of an appraisal and the table of legal moves (domain.md 3.7)."""

from enum import StrEnum


class State(StrEnum):
    PLANNED = "planned"
    REPORT_PUBLISHED = "report_published"
    MEETING = "meeting"
    RATING_OPEN = "rating_open"
    COUNTED = "counted"
    RESULT_CONFIRMED = "result_confirmed"
    DISPATCHED = "dispatched"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Action(StrEnum):
    PLAN = "plan"
    REVISE = "revise"
    SUBMIT_REPORT = "submit_report"
    PUBLISH_REPORT = "publish_report"
    HOLD_MEETING = "hold_meeting"
    OPEN_RATING = "open_rating"
    HAND_OUT_PAPER = "hand_out_paper"
    COUNT_PAPER = "count_paper"
    CLOSE_RATING = "close_rating"
    CONFIRM_RESULT = "confirm_result"
    DISPATCH = "dispatch"
    CONFIRM_RECEIPT = "confirm_receipt"
    RECORD_CONSENT = "record_consent"
    PUBLISH_RESULT = "publish_result"
    ARCHIVE = "archive"
    CANCEL = "cancel"


# DISPATCH stays where it is until the last of the three is on its way; the service then asks for the next state.
MOVES: dict[Action, dict[State, State]] = {
    Action.REVISE: {State.PLANNED: State.PLANNED},
    Action.SUBMIT_REPORT: {State.PLANNED: State.PLANNED},
    Action.PUBLISH_REPORT: {State.PLANNED: State.REPORT_PUBLISHED},
    Action.HOLD_MEETING: {State.REPORT_PUBLISHED: State.MEETING},
    Action.OPEN_RATING: {State.MEETING: State.RATING_OPEN},
    Action.HAND_OUT_PAPER: {State.RATING_OPEN: State.RATING_OPEN},
    Action.COUNT_PAPER: {State.RATING_OPEN: State.RATING_OPEN},
    Action.CLOSE_RATING: {State.RATING_OPEN: State.COUNTED},
    Action.CONFIRM_RESULT: {State.COUNTED: State.RESULT_CONFIRMED},
    Action.DISPATCH: {State.RESULT_CONFIRMED: State.DISPATCHED},
    Action.CONFIRM_RECEIPT: {
        state: state for state in (State.RESULT_CONFIRMED, State.DISPATCHED, State.PUBLISHED, State.ARCHIVED)
    },
    Action.RECORD_CONSENT: {
        State.RESULT_CONFIRMED: State.RESULT_CONFIRMED,
        State.DISPATCHED: State.DISPATCHED,
    },
    Action.PUBLISH_RESULT: {State.DISPATCHED: State.PUBLISHED},
    Action.ARCHIVE: {State.DISPATCHED: State.ARCHIVED, State.PUBLISHED: State.ARCHIVED},
    Action.CANCEL: {
        State.PLANNED: State.CANCELLED,
        State.REPORT_PUBLISHED: State.CANCELLED,
        State.MEETING: State.CANCELLED,
    },
}

FINAL = frozenset({State.ARCHIVED, State.CANCELLED})
UNIT_ACTIONS = frozenset({Action.SUBMIT_REPORT})
# the line that an appraisal usually walks; the last step is publication, or the archive alone
LINE = (
    State.PLANNED, State.REPORT_PUBLISHED, State.MEETING, State.RATING_OPEN, State.COUNTED, State.RESULT_CONFIRMED,
    State.DISPATCHED, State.PUBLISHED, State.ARCHIVED,
)  # fmt: skip


def next_state(action: Action, state: State) -> State | None:
    """Where `action` leads from here; None where it is not legal."""
    return MOVES.get(action, {}).get(state)


def actions_from(state: State) -> frozenset[Action]:
    return frozenset(action for action, moves in MOVES.items() if state in moves)
