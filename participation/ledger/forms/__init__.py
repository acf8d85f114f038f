"""The shape of input: what staff type into the ledger, what residents say, the filters of the public list."""

from .acting import ENTER_RATING, FORMS, NOTE, ActionForm
from .bulk import BulkAssignForm
from .filtering import LedgerFilterForm
from .paper import PaperLedgerForm
from .sheet import SheetForm
from .speaking import ObjectionForm, RatingForm
from .templates import ReplyTemplateForm

__all__ = [
    "ENTER_RATING",
    "FORMS",
    "NOTE",
    "ActionForm",
    "BulkAssignForm",
    "LedgerFilterForm",
    "ObjectionForm",
    "PaperLedgerForm",
    "RatingForm",
    "ReplyTemplateForm",
    "SheetForm",
]
