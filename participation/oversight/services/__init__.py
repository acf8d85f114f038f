"""The verbs of a 工作评议; each asks permissions, the table of states and the rules, writes, and records."""

from .moves import SUBJECT_KIND
from .planning import (
    NewAppraisal,
    cancel_appraisal,
    hold_meeting,
    plan_appraisal,
    publish_report,
    remind_due_reports,
    revise_plan,
    submit_report,
)
from .rating import (
    close_rating,
    confirm_result,
    count_paper_ballots,
    hand_out_paper_ballots,
    open_rating,
    rate_appraisal,
)
from .sending import archive_appraisal, confirm_dispatch_receipt, dispatch_result, publish_result, record_consent

__all__ = [
    "SUBJECT_KIND", "NewAppraisal", "archive_appraisal", "cancel_appraisal", "close_rating", "confirm_dispatch_receipt",
    "confirm_result", "count_paper_ballots", "dispatch_result", "hand_out_paper_ballots", "hold_meeting", "open_rating",
    "plan_appraisal", "publish_report", "publish_result", "rate_appraisal", "record_consent", "remind_due_reports",
    "revise_plan", "submit_report",
]  # fmt: skip
