"""审核: the verbs. Import from here, not from the modules below."""

from .appealing import answer_appeal, appeal
from .closing import close_comments, reopen_comments
from .reminding import remind_reviewers
from .reporting import decide_report, report
from .reviewing import (
    Submission,
    claim_review,
    conclude_review,
    confirm_review,
    decide,
    decide_many,
    forget_original,
    hand_over_claims,
    move_review,
    open_review,
    open_reviews,
    reconsider_review,
    record_export,
    release_review,
    reopen_review,
    require_reason,
    require_unclaimed,
    store_unreviewed,
)

__all__ = [
    "Submission",
    "answer_appeal",
    "appeal",
    "claim_review",
    "close_comments",
    "conclude_review",
    "confirm_review",
    "decide",
    "decide_many",
    "decide_report",
    "forget_original",
    "hand_over_claims",
    "move_review",
    "open_review",
    "open_reviews",
    "reconsider_review",
    "record_export",
    "release_review",
    "remind_reviewers",
    "reopen_comments",
    "reopen_review",
    "report",
    "require_reason",
    "require_unclaimed",
    "store_unreviewed",
]
