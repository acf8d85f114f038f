"""What the pages of the evaluations read."""

from .filtering import EvaluationFilterForm

__all__ = ["EvaluationFilterForm"]
