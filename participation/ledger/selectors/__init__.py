"""Reads of the ledger."""

from .cases import cases_of, counted_items
from .clocks import clock_of, clocks_of, facts_of
from .counting import figures_of_ledger
from .people import absent_parties, close_off_obstacles, contact_obstacle, unanswered_parties
from .work import figures, items_in_scope

__all__ = [
    "absent_parties",
    "cases_of",
    "clock_of",
    "clocks_of",
    "close_off_obstacles",
    "contact_obstacle",
    "counted_items",
    "facts_of",
    "figures",
    "figures_of_ledger",
    "items_in_scope",
    "unanswered_parties",
]
