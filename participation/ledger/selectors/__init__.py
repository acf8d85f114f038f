"""Reads of the ledger."""

from .cases import cases_of, counted_items
from .clocks import clock_of, clocks_of, due_day, facts_of
from .counting import figures_of_ledger
from .legs import (
    LegShown,
    Place,
    awaiting_rating,
    has_open_public_leg,
    is_leg_open,
    own_answer_of,
    place_of,
    resident_round_of,
)
from .people import absent_parties, close_off_obstacles, contact_obstacle, unanswered_parties
from .process import process, usual_path
from .reading import (
    found_by_number,
    is_open_to_objection,
    item_by_reference,
    latest_change,
    matters_of,
    objection_until,
    own_open_objection,
    own_panel,
    progress_of,
    replies_of,
    source_of,
    steps_of,
    units_for_filter,
)
from .suggestions import deputy_panel
from .timeline import public_timeline
from .work import figures, items_in_scope

__all__ = [
    "LegShown",
    "Place",
    "absent_parties",
    "awaiting_rating",
    "cases_of",
    "clock_of",
    "clocks_of",
    "close_off_obstacles",
    "contact_obstacle",
    "counted_items",
    "deputy_panel",
    "due_day",
    "facts_of",
    "figures",
    "figures_of_ledger",
    "found_by_number",
    "has_open_public_leg",
    "is_leg_open",
    "is_open_to_objection",
    "item_by_reference",
    "items_in_scope",
    "latest_change",
    "matters_of",
    "objection_until",
    "own_answer_of",
    "own_open_objection",
    "own_panel",
    "place_of",
    "process",
    "progress_of",
    "public_timeline",
    "replies_of",
    "resident_round_of",
    "source_of",
    "steps_of",
    "unanswered_parties",
    "units_for_filter",
    "usual_path",
]
