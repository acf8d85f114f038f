"""Reads for pages. Import from here; the modules below are split by who looks."""

from .reading import (
    code_of,
    counts_by_state,
    found_by_slip,
    has_numbered,
    is_own_last_six,
    may_be_promised,
    own_panel,
    promised_date,
    promised_dates,
    proposal_by_number,
    proposals_of,
    similar_proposals,
    supported_ids,
)
from .staff import absent_authors, allowed_actions, authors_of, places_for, proposals_in_scope
from .timeline import public_timeline

__all__ = [
    "absent_authors",
    "allowed_actions",
    "authors_of",
    "code_of",
    "counts_by_state",
    "found_by_slip",
    "has_numbered",
    "is_own_last_six",
    "may_be_promised",
    "own_panel",
    "places_for",
    "promised_date",
    "promised_dates",
    "proposal_by_number",
    "proposals_in_scope",
    "proposals_of",
    "public_timeline",
    "similar_proposals",
    "supported_ids",
]
