"""Rounds, raters, answers, paper counts and what was published of them."""

from .answers import VALUES, Answer, SecretAnswer
from .comments import EvaluationComment
from .paper import PaperCount
from .publications import SOURCES, Correction, Publication
from .rounds import CHANNELS, QUESTIONS, Rater, Round
from .totals import PublishedTotal

__all__ = [
    "CHANNELS", "QUESTIONS", "SOURCES", "VALUES", "Answer", "Correction", "EvaluationComment", "PaperCount",
    "Publication", "PublishedTotal", "Rater", "Round", "SecretAnswer",
]  # fmt: skip
