"""Reads over reception records."""

from .counting import (
    Figures,
    figures_by_month,
    figures_by_station,
    figures_of,
    matters_of_deputies,
    visitors_of_deputies,
)
from .reading import (
    absent_visitors,
    records_in_scope,
    scope_of,
    sessions_for_entry,
)

__all__ = [
    "Figures",
    "absent_visitors",
    "figures_by_month",
    "figures_by_station",
    "figures_of",
    "matters_of_deputies",
    "records_in_scope",
    "scope_of",
    "sessions_for_entry",
    "visitors_of_deputies",
]
