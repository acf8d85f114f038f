"""The shape of input: what staff type into the ledger, what residents say, the filters of the public list."""

from .acting import ENTER_RATING, FORMS, NOTE, ActionForm
from .bulk import BulkAssignForm
from .filtering import LedgerFilterForm
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
    "RatingForm",
    "ReplyTemplateForm",
    "SheetForm",
]
