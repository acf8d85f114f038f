"""The states of a ledger item from its entry to its close-off, and every legal move between them (domain.md 3.1).

Rework is handling once more: the item goes back to HANDLING and its `leg` grows, with a clock and a reply of its own.

The public process page is drawn from `MOVES` and `DOERS`; what is not listed is refused.
"""

from enum import StrEnum


class State(StrEnum):
    """台账事项状态."""

    ASSIGNING = "assigning"
    ASSIGNED = "assigned"
    REASSIGN = "reassign"
    HANDLING = "handling"
    PAUSED = "paused"
    SIGN_OFF = "sign_off"
    REPLIED = "replied"
    COMPLETED = "completed"
    DECIDING = "deciding"
    CLOSED_OFF = "closed_off"
    SUGGESTED = "suggested"
    PROPOSED = "proposed"  # 代表已提出代表建议
    HOTLINE = "hotline"
    IMPORTED = "imported"
    REPLIED_IMPORTED = "replied_imported"
    VOIDED = "voided"


class Stage(StrEnum):
    """What residents are told: few stages, each covering some states (conventions.md 15)."""

    ASSIGNING = "assigning"
    ASSIGNED = "assigned"
    HANDLING = "handling"
    REPLIED = "replied"
    COMPLETED = "completed"
    CLOSED_OFF = "closed_off"
    SUGGESTED = "suggested"
    HOTLINE = "hotline"
    IMPORTED = "imported"
    VOIDED = "voided"


STAGES: dict[Stage, tuple[State, ...]] = {
    Stage.ASSIGNING: (State.ASSIGNING, State.REASSIGN),
    Stage.ASSIGNED: (State.ASSIGNED,),
    Stage.HANDLING: (State.HANDLING, State.PAUSED, State.SIGN_OFF),
    Stage.REPLIED: (State.REPLIED,),
    Stage.COMPLETED: (State.COMPLETED, State.DECIDING),
    Stage.CLOSED_OFF: (State.CLOSED_OFF,),
    Stage.SUGGESTED: (State.SUGGESTED, State.PROPOSED),
    Stage.HOTLINE: (State.HOTLINE,),
    Stage.IMPORTED: (State.IMPORTED, State.REPLIED_IMPORTED),
    Stage.VOIDED: (State.VOIDED,),
}
STAGE_OF: dict[State, Stage] = {state: stage for stage, states in STAGES.items() for state in states}


class Action(StrEnum):
    """台账动作; also the verb of the trail entry."""

    OPEN = "open"
    IMPORT = "import"
    CLASSIFY = "classify"
    ASSIGN = "assign"
    SIGN_FOR = "sign_for"
    RETURN = "return"
    ADD_CO_UNIT = "add_co_unit"
    CO_REPLY = "co_reply"
    NOTE_PROGRESS = "note_progress"
    CONTACT = "contact"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REFUSE_EXTENSION = "refuse_extension"
    PAUSE = "pause"
    RESUME = "resume"
    DRAFT_REPLY = "draft_reply"
    SEND_BACK_REPLY = "send_back_reply"
    SIGN_REPLY = "sign_reply"
    CORRECT_REPLY = "correct_reply"
    FEED_BACK = "feed_back"
    COMPLETE = "complete"
    RATE = "rate"
    ASK_AGAIN = "ask_whether_solved"
    START_REWORK = "start_rework"
    REFER = "refer_to_committee"
    DECIDE_REWORK = "decide_rework"
    DECIDE_TO_KEEP = "decide_to_keep"
    DELIVER_COMMITMENT = "deliver_commitment"
    WITHDRAW_COMMITMENT = "withdraw_commitment"
    CLOSE_OFF = "close_off"
    OBJECT = "object"
    ACCEPT_OBJECTION = "accept_objection"
    REFUSE_OBJECTION = "refuse_objection"
    SUGGEST = "suggest_to_deputies"
    ASK_MORE = "ask_more_deputies"
    PROPOSE = "propose_suggestion"
    DECLINE = "decline_suggestion"
    NOTE_REPORT = "note_written_report"
    CONCLUDE = "conclude_without_suggestion"
    HAND_TO_HOTLINE = "hand_to_hotline"
    RECORD_REPLY = "record_outside_reply"
    TAKE_BACK = "take_back"
    DECIDE_TO_ROUTE = "decide_to_route"
    REOPEN = "reopen"
    TAKE_UP = "take_up_import"
    RECEIVE_IMPORTED_REPLY = "receive_imported_reply"
    PUBLISH_IMPORT = "publish_import"
    REMIND = "remind"
    HIDE = "hide"
    RESTORE = "restore"
    VOID = "void"


class Doer(StrEnum):
    """Who does it; a permission of the same name decides (`permissions.py`)."""

    COMMITTEE = "committee"
    KEEPER = "keeper"  # the committee, for what no unit of its own handles: deputies' suggestions, 12345
    DEPUTY = "deputy"  # whoever was asked to put forward a suggestion
    DIRECTOR = "director"
    UNIT = "unit"
    UNIT_HEAD = "unit_head"
    PARTY = "party"  # 提出人: whoever must hear of the outcome
    RESIDENT = "resident"
    SYSTEM = "system"


class ReplyKind(StrEnum):
    """答复类别: the usual four classes (X25)."""

    DONE = "done"
    PLANNED = "planned"
    CANNOT = "cannot"
    REFERENCE = "reference"


class Routing(StrEnum):
    """去向 (C31): own level to a unit, upper level to deputies of that level, 12345 by its number."""

    UNIT = "unit"
    DEPUTIES = "deputies"
    HOTLINE = "hotline"


class CallState(StrEnum):
    """电话回访."""

    OPEN = "open"
    SECOND_TRY = "second_try"
    ANSWERED = "answered"
    DECLINED = "declined"
    UNREACHED = "unreached"


class CallResult(StrEnum):
    """What came of one call: an answer, 不愿评价, 没接通."""

    ANSWERED = "answered"
    DECLINED = "declined"
    UNREACHED = "unreached"


CALLS_WAITING = (CallState.OPEN, CallState.SECOND_TRY)
CALLS: dict[tuple[CallState, CallResult], CallState] = {
    **{(state, CallResult.ANSWERED): CallState.ANSWERED for state in CALLS_WAITING},
    **{(state, CallResult.DECLINED): CallState.DECLINED for state in CALLS_WAITING},
    (CallState.OPEN, CallResult.UNREACHED): CallState.SECOND_TRY,
    (CallState.SECOND_TRY, CallResult.UNREACHED): CallState.UNREACHED,
}


class Rating(StrEnum):
    """满意度."""

    SATISFIED = "satisfied"
    BASICALLY = "basically_satisfied"
    DISSATISFIED = "dissatisfied"


_OPEN = (
    State.ASSIGNING, State.ASSIGNED, State.REASSIGN, State.HANDLING, State.PAUSED, State.SIGN_OFF, State.REPLIED,
    State.COMPLETED, State.DECIDING,
)  # fmt: skip
_ELSEWHERE = (State.SUGGESTED, State.PROPOSED, State.HOTLINE)
_ANSWERED = (State.REPLIED, State.COMPLETED, State.DECIDING, State.CLOSED_OFF)


def _stays(*states: State) -> dict[State, State]:
    return {state: state for state in states}


# action -> {from: to}; what is not listed is refused.
MOVES: dict[Action, dict[State, State]] = {
    Action.CLASSIFY: _stays(State.ASSIGNING, State.REASSIGN),
    Action.ASSIGN: {State.ASSIGNING: State.ASSIGNED, State.REASSIGN: State.ASSIGNED},
    Action.SIGN_FOR: {State.ASSIGNED: State.HANDLING},
    Action.RETURN: {State.ASSIGNED: State.REASSIGN},
    Action.ADD_CO_UNIT: _stays(State.ASSIGNED, State.HANDLING),
    Action.CO_REPLY: _stays(State.HANDLING, State.PAUSED, State.SIGN_OFF),
    Action.NOTE_PROGRESS: _stays(State.HANDLING, State.PAUSED, State.SIGN_OFF, State.REPLIED, State.COMPLETED),
    Action.CONTACT: _stays(
        State.ASSIGNED, State.HANDLING, State.PAUSED, State.SIGN_OFF, State.REPLIED, State.COMPLETED
    ),
    Action.REQUEST_EXTENSION: _stays(State.HANDLING),
    Action.APPROVE_EXTENSION: _stays(State.HANDLING, State.SIGN_OFF),
    Action.REFUSE_EXTENSION: _stays(State.HANDLING, State.SIGN_OFF),
    Action.PAUSE: {State.HANDLING: State.PAUSED},
    Action.RESUME: {State.PAUSED: State.HANDLING},
    Action.DRAFT_REPLY: dict.fromkeys((State.HANDLING, State.SIGN_OFF), State.SIGN_OFF),
    Action.SEND_BACK_REPLY: {State.SIGN_OFF: State.HANDLING},
    Action.SIGN_REPLY: {State.SIGN_OFF: State.REPLIED},
    Action.CORRECT_REPLY: _stays(*_ANSWERED),
    Action.FEED_BACK: _stays(State.REPLIED),
    Action.COMPLETE: {State.REPLIED: State.COMPLETED},
    Action.RATE: _stays(State.COMPLETED),
    Action.ASK_AGAIN: _stays(State.COMPLETED),
    Action.START_REWORK: {State.COMPLETED: State.HANDLING},
    Action.REFER: {State.COMPLETED: State.DECIDING},
    Action.DECIDE_REWORK: {State.DECIDING: State.HANDLING},
    Action.DECIDE_TO_KEEP: {State.DECIDING: State.COMPLETED},
    Action.DELIVER_COMMITMENT: _stays(State.HANDLING, *_ANSWERED),
    Action.WITHDRAW_COMMITMENT: _stays(State.HANDLING, *_ANSWERED),
    Action.CLOSE_OFF: {State.COMPLETED: State.CLOSED_OFF},
    Action.OBJECT: _stays(State.CLOSED_OFF),
    Action.ACCEPT_OBJECTION: {State.CLOSED_OFF: State.HANDLING},
    Action.REFUSE_OBJECTION: _stays(State.CLOSED_OFF),
    Action.SUGGEST: dict.fromkeys((State.ASSIGNING, State.REASSIGN), State.SUGGESTED),
    Action.ASK_MORE: _stays(State.SUGGESTED, State.PROPOSED),
    Action.PROPOSE: dict.fromkeys((State.SUGGESTED, State.PROPOSED), State.PROPOSED),
    Action.DECLINE: _stays(State.SUGGESTED, State.PROPOSED),
    Action.NOTE_REPORT: _stays(State.PROPOSED, State.REPLIED, State.COMPLETED, State.DECIDING),
    Action.CONCLUDE: {State.SUGGESTED: State.REPLIED},
    Action.HAND_TO_HOTLINE: dict.fromkeys((State.ASSIGNING, State.REASSIGN), State.HOTLINE),
    Action.RECORD_REPLY: dict.fromkeys((State.PROPOSED, State.HOTLINE), State.REPLIED),
    Action.TAKE_BACK: dict.fromkeys(_ELSEWHERE, State.ASSIGNING),
    Action.DECIDE_TO_ROUTE: {State.DECIDING: State.ASSIGNING},
    Action.REOPEN: {State.CLOSED_OFF: State.ASSIGNING},
    Action.TAKE_UP: dict.fromkeys((State.IMPORTED, State.REPLIED_IMPORTED), State.ASSIGNING),
    Action.RECEIVE_IMPORTED_REPLY: {State.IMPORTED: State.REPLIED_IMPORTED},
    Action.PUBLISH_IMPORT: _stays(State.IMPORTED, State.REPLIED_IMPORTED),
    Action.REMIND: _stays(
        State.ASSIGNING,
        State.ASSIGNED,
        State.REASSIGN,
        State.HANDLING,
        State.SIGN_OFF,
        State.REPLIED,
        State.SUGGESTED,
    ),
    Action.HIDE: _stays(*(state for state in State if state != State.VOIDED)),
    Action.RESTORE: _stays(*(state for state in State if state != State.VOIDED)),
    Action.VOID: dict.fromkeys((State.ASSIGNING, State.ASSIGNED, State.REASSIGN), State.VOIDED),
}

# Two people, two verbs: a unit reports 办结, the committee grants 销号; a deputy does neither (代表法 第三十一条).
DOERS: dict[Action, frozenset[Doer]] = {
    **dict.fromkeys(
        (
            Action.CLASSIFY, Action.ASSIGN, Action.ADD_CO_UNIT, Action.CLOSE_OFF, Action.DECIDE_REWORK,
            Action.DECIDE_TO_KEEP, Action.ACCEPT_OBJECTION, Action.REFUSE_OBJECTION, Action.SUGGEST,
            Action.ASK_MORE, Action.CONCLUDE, Action.HAND_TO_HOTLINE, Action.RECORD_REPLY, Action.TAKE_BACK,
            Action.REMIND, Action.HIDE, Action.RESTORE, Action.VOID,
        ),
        frozenset({Doer.COMMITTEE}),
    ),
    **dict.fromkeys(
        (
            Action.SIGN_FOR, Action.RETURN, Action.CO_REPLY, Action.NOTE_PROGRESS, Action.CONTACT,
            Action.REQUEST_EXTENSION, Action.PAUSE, Action.RESUME, Action.DRAFT_REPLY,
        ),
        frozenset({Doer.UNIT}),
    ),
    **dict.fromkeys(
        (
            Action.FEED_BACK, Action.COMPLETE, Action.CORRECT_REPLY, Action.DELIVER_COMMITMENT,
            Action.WITHDRAW_COMMITMENT,
        ),
        frozenset({Doer.UNIT, Doer.KEEPER}),
    ),
    **dict.fromkeys((Action.NOTE_REPORT, Action.DECIDE_TO_ROUTE, Action.REOPEN), frozenset({Doer.KEEPER})),
    **dict.fromkeys((Action.PROPOSE, Action.DECLINE), frozenset({Doer.DEPUTY, Doer.COMMITTEE})),
    **dict.fromkeys((Action.APPROVE_EXTENSION, Action.REFUSE_EXTENSION), frozenset({Doer.DIRECTOR})),
    **dict.fromkeys((Action.SIGN_REPLY, Action.SEND_BACK_REPLY), frozenset({Doer.UNIT_HEAD})),
    Action.RATE: frozenset({Doer.PARTY}),
    Action.ASK_AGAIN: frozenset({Doer.SYSTEM}),
    Action.START_REWORK: frozenset({Doer.SYSTEM}),
    Action.REFER: frozenset({Doer.SYSTEM}),
    Action.OBJECT: frozenset({Doer.RESIDENT}),
    Action.RECEIVE_IMPORTED_REPLY: frozenset({Doer.SYSTEM}),
    Action.PUBLISH_IMPORT: frozenset({Doer.SYSTEM}),
    Action.TAKE_UP: frozenset({Doer.SYSTEM}),
}  # fmt: skip

# The clauses that a step rests on, by their ids; printed only where they bind the place (domain.md, five things 6).
CLAUSES: dict[Action, tuple[str, ...]] = {
    Action.CLASSIFY: ("C31",),
    Action.ASSIGN: ("C36", "X05"),
    Action.SIGN_FOR: ("C36", "X05"),
    Action.RETURN: ("C36", "X05"),
    Action.ADD_CO_UNIT: ("C36", "X05"),
    Action.CO_REPLY: ("C36", "X05"),
    Action.NOTE_PROGRESS: ("C37", "X05"),
    Action.CONTACT: ("X24",),
    **dict.fromkeys(
        (
            Action.REQUEST_EXTENSION, Action.APPROVE_EXTENSION, Action.REFUSE_EXTENSION, Action.PAUSE, Action.RESUME,
            Action.DRAFT_REPLY, Action.SIGN_REPLY, Action.SEND_BACK_REPLY, Action.CORRECT_REPLY,
        ),
        ("C33", "X05"),
    ),
    Action.FEED_BACK: ("C34", "X05"),
    Action.COMPLETE: ("C33", "X05"),
    Action.RATE: ("C38",),
    Action.DECIDE_REWORK: ("C36", "X05"),
    Action.DECIDE_TO_KEEP: ("C36", "X05"),
    Action.DELIVER_COMMITMENT: ("C36", "X25"),
    Action.WITHDRAW_COMMITMENT: ("C36", "X25"),
    Action.CLOSE_OFF: ("C36", "X05"),
    Action.OBJECT: ("C38",),
    Action.ACCEPT_OBJECTION: ("C38", "X05"),
    Action.REFUSE_OBJECTION: ("C38", "X05"),
    **dict.fromkeys((Action.SUGGEST, Action.ASK_MORE, Action.PROPOSE, Action.DECLINE, Action.CONCLUDE), ("C31",)),
    Action.NOTE_REPORT: ("X22",),
    Action.REMIND: ("C33", "X05"),
}  # fmt: skip
# The way forward of a matter of which nothing goes wrong; what must come first is read along it.
_FORWARD = (
    Action.ASSIGN, Action.SIGN_FOR, Action.RESUME, Action.DRAFT_REPLY, Action.SIGN_REPLY, Action.RECORD_REPLY,
    Action.PROPOSE, Action.COMPLETE, Action.DECIDE_TO_KEEP, Action.CLOSE_OFF,
)  # fmt: skip

OPEN = frozenset((*_OPEN, *_ELSEWHERE))
ELSEWHERE = frozenset({Routing.DEPUTIES, Routing.HOTLINE})  # no unit of ours, no clock of ours
AT_REST = frozenset({State.IMPORTED, State.REPLIED_IMPORTED})
NOT_TAKEN_UP = frozenset({State.ASSIGNING, State.VOIDED, State.IMPORTED, State.REPLIED_IMPORTED})
WITH_UNIT = frozenset({State.ASSIGNED, State.HANDLING, State.PAUSED, State.SIGN_OFF, State.REPLIED})
ANSWERED = frozenset({*_ANSWERED, State.REPLIED_IMPORTED})


def next_state(action: Action, now: State) -> State | None:
    """Where `action` leads from `now`; None when it may not be done there."""
    return MOVES.get(action, {}).get(now)


def actions_from(now: State) -> frozenset[Action]:
    return frozenset(action for action, moves in MOVES.items() if now in moves)


def steps_before(action: Action, now: State) -> tuple[Action, ...]:
    """The steps that come first, in their order, until `action` may be done; empty where it never follows from here."""
    paths: list[tuple[State, tuple[Action, ...]]] = [(now, ())]
    seen = {now}
    while paths:
        state, steps = paths.pop(0)
        if steps and state in MOVES.get(action, {}):
            return steps
        for step in _FORWARD:
            after = next_state(step, state)
            if after is not None and after not in seen:
                seen.add(after)
                paths.append((after, (*steps, step)))
    return ()
