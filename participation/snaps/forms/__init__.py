"""The shape of what comes in."""

from .filtering import SnapFilterForm
from .sending import AmendForm, SnapForm, VerifyForm
from .staff import FORMS, FeedbackWorkbookForm, RedactForm, SnapQueueForm

__all__ = [
    "FORMS",
    "AmendForm",
    "FeedbackWorkbookForm",
    "RedactForm",
    "SnapFilterForm",
    "SnapForm",
    "SnapQueueForm",
    "VerifyForm",
]
