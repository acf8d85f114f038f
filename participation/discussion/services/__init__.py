"""讨论: the verbs. Import from here, not from the modules below."""

from .helping import mark_helpful
from .personal import HEADINGS as OWN_HEADINGS
from .personal import empty_own, export_own
from .reviewing import (
    confirm_hiding,
    hide_comment,
    publish_comment,
    reconsider_comment,
    reject_comment,
    release_comment,
    restore_comment,
    return_comment,
    take_for_review,
)
from .threads import close_thread, keep_thread, open_thread, set_last_day, set_summary_hidden
from .writing import edit_comment, resubmit_comment, withdraw_comment, write_comment

__all__ = [
    "OWN_HEADINGS",
    "close_thread",
    "confirm_hiding",
    "edit_comment",
    "empty_own",
    "export_own",
    "hide_comment",
    "keep_thread",
    "mark_helpful",
    "open_thread",
    "publish_comment",
    "reconsider_comment",
    "reject_comment",
    "release_comment",
    "restore_comment",
    "resubmit_comment",
    "return_comment",
    "set_last_day",
    "set_summary_hidden",
    "take_for_review",
    "withdraw_comment",
    "write_comment",
]
