"""The shape of what staff type into the ledger."""

from .acting import ENTER_RATING, FORMS, NOTE, ActionForm
from .bulk import BulkAssignForm
from .sheet import SheetForm

__all__ = ["ENTER_RATING", "FORMS", "NOTE", "ActionForm", "BulkAssignForm", "SheetForm"]
