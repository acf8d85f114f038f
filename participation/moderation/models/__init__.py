"""审核: the tables. Import from here, not from the modules below."""

from .closing import CommentClosure
from .reporting import Appeal, Report, ReportReason
from .review import STATE_LABELS, Decision, Review

__all__ = ["STATE_LABELS", "Appeal", "CommentClosure", "Decision", "Report", "ReportReason", "Review"]
