"""The states of a resident's proposal up to screening, and every legal move between them (domain.md 3.1)."""

from enum import StrEnum


class State(StrEnum):
    """建议状态."""

    DRAFT = "draft"  # held as a `Draft`, never as a row of `Proposal`
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    REJECTED = "rejected"
    DIVERTED = "diverted"
    PUBLISHED = "published"
    SCREENING = "screening"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    IMPORTED = "imported"
    REPLIED_IMPORTED = "replied_imported"


class Action(StrEnum):
    """建议动作; also the verb of the trail entry."""

    SUBMIT = "submit"
    TAKE = "take_for_review"
    RELEASE = "release"
    PUBLISH = "publish"
    RETURN = "return_for_correction"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    DIVERT = "divert"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    START_SCREENING = "start_screening"
    ADOPT = "adopt"
    DECLINE = "decline"
    TRANSFER = "transfer"
    CLASSIFY = "classify"
    HIDE = "hide"
    CONFIRM_HIDING = "confirm_hiding"
    RESTORE = "restore"
    RECONSIDER = "reconsider"
    VOID = "void"
    IMPORT = "import"
    RECEIVE_IMPORTED_REPLY = "receive_imported_reply"
    PUBLISH_IMPORT = "publish_import"


_IN_REVIEW = {State.SUBMITTED, State.UNDER_REVIEW}
_IMPORTS = {State.IMPORTED, State.REPLIED_IMPORTED}
_CAN_BE_PUBLIC = {State.PUBLISHED, State.SCREENING, State.ADOPTED, State.NOT_ADOPTED, State.MERGED, State.WITHDRAWN}

# action -> {from: to}; what is not listed is refused.
MOVES: dict[Action, dict[State, State]] = {
    Action.SUBMIT: {State.DRAFT: State.SUBMITTED},
    Action.TAKE: {State.SUBMITTED: State.UNDER_REVIEW},
    Action.RELEASE: {State.UNDER_REVIEW: State.SUBMITTED},
    Action.PUBLISH: dict.fromkeys(_IN_REVIEW, State.PUBLISHED),
    Action.RETURN: dict.fromkeys(_IN_REVIEW, State.RETURNED),
    Action.RESUBMIT: {State.RETURNED: State.SUBMITTED},
    Action.REJECT: dict.fromkeys(_IN_REVIEW, State.REJECTED),
    Action.DIVERT: dict.fromkeys(_IN_REVIEW, State.DIVERTED),
    Action.MERGE: dict.fromkeys({*_IN_REVIEW, State.PUBLISHED, State.SCREENING, State.IMPORTED}, State.MERGED),
    Action.WITHDRAW: dict.fromkeys(
        {*_IN_REVIEW, State.RETURNED, State.PUBLISHED, State.SCREENING, State.ADOPTED}, State.WITHDRAWN
    ),
    Action.START_SCREENING: {State.PUBLISHED: State.SCREENING, State.IMPORTED: State.SCREENING},
    Action.ADOPT: {State.SCREENING: State.ADOPTED},
    Action.DECLINE: {State.SCREENING: State.NOT_ADOPTED},
    Action.TRANSFER: {
        State.SUBMITTED: State.SUBMITTED,
        State.UNDER_REVIEW: State.SUBMITTED,  # another reviewer starts afresh
        **{now: now for now in (State.RETURNED, State.PUBLISHED, State.SCREENING, State.IMPORTED)},
    },
    Action.CLASSIFY: {
        now: now for now in {*_IN_REVIEW, State.RETURNED, State.PUBLISHED, State.SCREENING, State.ADOPTED, *_IMPORTS}
    },
    Action.HIDE: {now: now for now in {*_CAN_BE_PUBLIC, *_IMPORTS}},
    Action.CONFIRM_HIDING: {now: now for now in {*_CAN_BE_PUBLIC, *_IMPORTS}},
    Action.RESTORE: {now: now for now in {*_CAN_BE_PUBLIC, *_IMPORTS}},
    # an appeal was granted
    Action.RECONSIDER: dict.fromkeys((State.RETURNED, State.REJECTED, State.DIVERTED), State.SUBMITTED),
    Action.VOID: dict.fromkeys(set(State) - {State.DRAFT, State.VOIDED}, State.VOIDED),
    Action.IMPORT: {State.DRAFT: State.IMPORTED},
    Action.RECEIVE_IMPORTED_REPLY: {
        State.IMPORTED: State.REPLIED_IMPORTED,
        State.REPLIED_IMPORTED: State.REPLIED_IMPORTED,
    },
    Action.PUBLISH_IMPORT: {now: now for now in _IMPORTS},
}

STORED = frozenset(State) - {State.DRAFT}
OPEN_TO_SUPPORT = frozenset({State.PUBLISHED, State.SCREENING, State.IMPORTED})
OPEN_TO_DISCUSSION = frozenset({State.PUBLISHED, State.SCREENING, State.ADOPTED})
MERGE_TARGETS = frozenset({State.PUBLISHED, State.SCREENING, State.ADOPTED, State.IMPORTED})
IN_REVIEW = frozenset(_IN_REVIEW)
OWN_TEXT_EDITABLE = frozenset({State.RETURNED})
# What the public list can be filtered by; the rest is never public.
PUBLIC = frozenset(_CAN_BE_PUBLIC) | frozenset(_IMPORTS)


def next_state(action: Action, now: State) -> State | None:
    """Where `action` leads from `now`; None when it may not be done there."""
    return MOVES[action].get(now)


def actions_from(now: State) -> frozenset[Action]:
    return frozenset(action for action, moves in MOVES.items() if now in moves)
