"""What changes reception records; nothing else writes them."""

from .moves import SUBJECT_KIND
from .outcomes import (
    answer_on_the_spot,
    divert_record,
    open_as_item,
    open_as_proposal,
    revise_record,
    view_contact,
    void_record,
)
from .personal import HEADINGS, empty_own, export_own
from .recording import NewRecord, Outcome, Recorded, record_day, session_for_recording

__all__ = [
    "HEADINGS",
    "SUBJECT_KIND",
    "NewRecord",
    "Outcome",
    "Recorded",
    "answer_on_the_spot",
    "divert_record",
    "empty_own",
    "export_own",
    "open_as_item",
    "open_as_proposal",
    "record_day",
    "revise_record",
    "session_for_recording",
    "view_contact",
    "void_record",
]
