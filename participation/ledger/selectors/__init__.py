"""Reads of the ledger."""

from .clocks import clock_of, clocks_of, facts_of
from .people import absent_parties, close_off_obstacles, contact_obstacle, unanswered_parties
from .work import figures, items_in_scope

__all__ = [
    "absent_parties",
    "clock_of",
    "clocks_of",
    "close_off_obstacles",
    "contact_obstacle",
    "facts_of",
    "figures",
    "items_in_scope",
    "unanswered_parties",
]
