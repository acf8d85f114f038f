"""Counting, classes and what may be published: whole numbers in, decisions out."""

from .batches import SMALLEST_CELL, Batch, Waiting, batches_due, batches_of_quarter
from .classes import ClassRule, class_of
from .counting import SMALLEST_SAMPLE, StarSum, StarTally, Tally, percent_in_words, star_tally, tally, tenths

__all__ = [
    "SMALLEST_CELL", "SMALLEST_SAMPLE", "Batch", "ClassRule", "StarSum", "StarTally", "Tally", "Waiting", "batches_due",
    "batches_of_quarter", "class_of", "percent_in_words", "star_tally", "tally", "tenths",
]  # fmt: skip
