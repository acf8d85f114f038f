"""The shape of what comes in."""

from .filtering import SnapFilterForm
from .sending import AmendForm, SnapForm, VerifyForm
from .staff import FORMS, RedactForm, SnapQueueForm

__all__ = ["FORMS", "AmendForm", "RedactForm", "SnapFilterForm", "SnapForm", "SnapQueueForm", "VerifyForm"]
