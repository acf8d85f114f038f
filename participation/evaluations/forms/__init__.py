"""What the pages of the evaluations read, and what staff enter."""

from .desk import CloseForm, CorrectionForm, HandOutForm, PaperCountForm
from .filtering import EvaluationFilterForm

__all__ = ["CloseForm", "CorrectionForm", "EvaluationFilterForm", "HandOutForm", "PaperCountForm"]
