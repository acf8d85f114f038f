"""Reads of rounds, and what waits to be published."""

from .rounds import has_answered, paper_agreed, rater_of, result_of, stars_of, tally_of
from .waiting import waiting_rounds

__all__ = ["has_answered", "paper_agreed", "rater_of", "result_of", "stars_of", "tally_of", "waiting_rounds"]
