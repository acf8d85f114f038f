"""The words for where a review stands. What the owner's own state is, only the owner knows."""

from enum import StrEnum


class ReviewState(StrEnum):
    """审核状态."""

    WAITING = "waiting"
    PUBLISHED = "published"
    RETURNED = "returned"
    REJECTED = "rejected"
    DIVERTED = "diverted"
    MERGED = "merged"
    HIDDEN = "hidden"
    CLOSED = "closed"  # the owner ended it: withdrawn by the author, or voided
    IMPORTED = "imported"  # rests outside the queue until an operator publishes the import


class Verb(StrEnum):
    """审核动作: what a reviewer can ask of the owner."""

    CLAIM = "claim"
    CLASSIFY = "classify"
    RELEASE = "release"
    PUBLISH = "publish"
    RETURN = "return_for_correction"
    REJECT = "reject"
    DIVERT = "divert"
    MERGE = "merge"
    TRANSFER = "transfer"
    HIDE = "hide"
    RESTORE = "restore"
    CONFIRM = "confirm_hiding"
    RECONSIDER = "reconsider"


class ReportState(StrEnum):
    """举报状态."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class AppealState(StrEnum):
    """申诉状态."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


QUEUE = frozenset({ReviewState.WAITING})

# The legal outcomes: from where a review may come to each state.
MOVES: dict[ReviewState, frozenset[ReviewState]] = {
    # from public: the author edited it; from a refusal: an appeal was granted
    ReviewState.WAITING: frozenset(
        {ReviewState.RETURNED, ReviewState.PUBLISHED, ReviewState.REJECTED, ReviewState.DIVERTED}
    ),
    ReviewState.PUBLISHED: frozenset({ReviewState.WAITING, ReviewState.HIDDEN, ReviewState.IMPORTED}),
    ReviewState.RETURNED: frozenset({ReviewState.WAITING}),
    ReviewState.REJECTED: frozenset({ReviewState.WAITING}),
    ReviewState.DIVERTED: frozenset({ReviewState.WAITING}),
    ReviewState.MERGED: frozenset({ReviewState.WAITING, ReviewState.PUBLISHED, ReviewState.IMPORTED}),
    ReviewState.HIDDEN: frozenset({ReviewState.PUBLISHED}),
    ReviewState.CLOSED: frozenset(ReviewState) - {ReviewState.CLOSED},
    ReviewState.IMPORTED: frozenset(),
}


# The decisions against which an author may appeal.
APPEALABLE = frozenset({ReviewState.RETURNED, ReviewState.REJECTED, ReviewState.HIDDEN, ReviewState.DIVERTED})


def may_become(now: ReviewState, then: ReviewState) -> bool:
    return now in MOVES[then]
