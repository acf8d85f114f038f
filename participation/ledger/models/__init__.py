"""台账: the tables. Import from here, not from the modules below."""

from .answers import (
    REPLY_KINDS,
    CloseOffCheck,
    Commitment,
    Objection,
    Reply,
    ReplyCorrection,
    ReplyRound,
)
from .calls import CALL_STATES, CallBack
from .category import Category, CategoryGroup
from .figures import LedgerFigure
from .handling import Assignment, Extension, InternalNote, Pause, Progress
from .item import (
    ACTION_LABELS,
    NOT_BY_HAND,
    ROUTING_LABELS,
    STAGE_LABELS,
    STATE_LABELS,
    LedgerItem,
    MatterLevel,
    Priority,
    Source,
)
from .letters import LETTER_ACTIONS, LETTER_KINDS, LETTER_STATES, Letter, LetterItem
from .people import Contact, Feedback, Party
from .photos import HandlingPhoto
from .scans import LedgerScan
from .suggestions import AskedDeputy, DeputySuggestion
from .templates import ReplyTemplate

__all__ = [
    "ACTION_LABELS",
    "CALL_STATES",
    "LETTER_ACTIONS",
    "LETTER_KINDS",
    "LETTER_STATES",
    "NOT_BY_HAND",
    "REPLY_KINDS",
    "ROUTING_LABELS",
    "STAGE_LABELS",
    "STATE_LABELS",
    "AskedDeputy",
    "Assignment",
    "CallBack",
    "Category",
    "CategoryGroup",
    "CloseOffCheck",
    "Commitment",
    "Contact",
    "DeputySuggestion",
    "Extension",
    "Feedback",
    "HandlingPhoto",
    "InternalNote",
    "LedgerFigure",
    "LedgerItem",
    "LedgerScan",
    "Letter",
    "LetterItem",
    "MatterLevel",
    "Objection",
    "Party",
    "Pause",
    "Priority",
    "Progress",
    "Reply",
    "ReplyCorrection",
    "ReplyRound",
    "ReplyTemplate",
    "Source",
]
