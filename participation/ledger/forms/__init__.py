"""The shape of input: what staff type into the ledger, what residents say, the filters of the public list."""

from .acting import ActionForm
from .asking import CallForm, SolvedForm
from .bulk import BulkAssignForm
from .filtering import LedgerFilterForm
from .paper import PaperLedgerForm
from .sheet import SheetForm
from .speaking import ObjectionForm, RatingForm, SecretRatingForm
from .steps import ENTER_RATING, FORMS, NOTE
from .suggesting import AnswerForm
from .templates import ReplyTemplateForm

__all__ = [
    "ENTER_RATING",
    "FORMS",
    "NOTE",
    "ActionForm",
    "AnswerForm",
    "BulkAssignForm",
    "CallForm",
    "LedgerFilterForm",
    "ObjectionForm",
    "PaperLedgerForm",
    "RatingForm",
    "ReplyTemplateForm",
    "SecretRatingForm",
    "SheetForm",
    "SolvedForm",
]
