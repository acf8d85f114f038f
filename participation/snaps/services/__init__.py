"""随手拍: the verbs. Import from here, not from the modules below."""

from .capturing import capture_snap, resubmit_snap, see_too
from .handling import (
    assign_snap,
    assign_snaps,
    close_snap,
    correct_hotline_number,
    forward_to_hotline,
    receive_feedback,
    receive_feedbacks,
    record_export,
    verify_snap,
)
from .personal import HEADINGS as OWN_HEADINGS
from .personal import empty_own, export_own, own_files
from .photographing import PhotoRefused, add_unit_photos, redact_photo, set_photo_hidden
from .reviewing import (
    classify_snap,
    divert_snap,
    merge_snap,
    reconsider_snap,
    reject_snap,
    release_snap,
    return_snap,
    review_snap,
    set_hidden,
    take_for_review,
)

__all__ = [
    "OWN_HEADINGS",
    "PhotoRefused",
    "add_unit_photos",
    "assign_snap",
    "assign_snaps",
    "capture_snap",
    "classify_snap",
    "close_snap",
    "correct_hotline_number",
    "divert_snap",
    "empty_own",
    "export_own",
    "forward_to_hotline",
    "merge_snap",
    "own_files",
    "receive_feedback",
    "receive_feedbacks",
    "reconsider_snap",
    "record_export",
    "redact_photo",
    "reject_snap",
    "release_snap",
    "resubmit_snap",
    "return_snap",
    "review_snap",
    "see_too",
    "set_hidden",
    "set_photo_hidden",
    "take_for_review",
    "verify_snap",
]
