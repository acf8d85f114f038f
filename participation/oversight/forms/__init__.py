"""Shapes of input: the public list's filters, the member's answer, the steps of staff."""

from .filtering import AppraisalFilterForm
from .rating import RateForm
from .steps import FORMS, PlanForm, RollForm, StepForm

__all__ = ["FORMS", "AppraisalFilterForm", "PlanForm", "RateForm", "RollForm", "StepForm"]
