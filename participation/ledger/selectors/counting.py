"""Figures counted straight from the items, for the command and for proving the stored ones."""

from datetime import date

from portal.jurisdictions.models import Division
from portal.workdays.selectors import calendar

from ..rules.figures import Counting, Figures
from .cases import cases_of, counted_items


def figures_of_ledger(division: Division | None = None, today: date | None = None) -> Figures:
    """All items of a division and below, public or not; `today` is a day in Shanghai."""
    items = counted_items()
    if division is not None:
        items = items.in_division(division)
    return Counting(calendar()).figures(case for _item, case in cases_of(items, today))
