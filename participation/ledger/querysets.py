"""Filters over ledger items. Reads never look at the clock: it is computed (rules.clock)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from portal.jurisdictions.models import Division

from .rules.categories import GROUPS, UNSORTED, UNSURE
from .states import OPEN, WITH_UNIT


class LedgerItemQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """Everything that is listed; confidential rows are among them, without title and text."""
        return self.filter(published_at__isnull=False, hidden_at__isnull=True)

    def readable(self) -> Self:
        return self.public().filter(is_confidential=False)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def in_division(self, division: Division) -> Self:
        if division.level == Division.Level.COMMUNITY:
            return self.filter(community=division)
        if division.level in (Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP):
            return self.filter(division=division)  # below are communities only: the index of the place serves
        return self.filter(division__path__startswith=division.path)

    def in_divisions(self, paths: list[str]) -> Self:
        if not paths:
            return self.none()
        scope = Q()
        for path in paths:
            scope |= Q(division__path__startswith=path)
        return self.filter(scope)

    def of_units(self, units: list[int]) -> Self:
        """Led or helped by one of these units."""
        helping = Q(assignments__unit__in=units, assignments__state__in=["sent", "signed_for", "replied"])
        return self.filter(Q(unit__in=units) | helping).distinct()

    def due(self) -> Self:
        """With a clock that runs to a day."""
        return self.filter(due_on__isnull=False)

    def overdue(self, today: date) -> Self:
        """Late from the next day (rules.clock). `due_on` is kept by `services.due_days`."""
        return self.filter(due_on__lt=today)

    def in_category(self, value: str) -> Self:
        """A plain group or one of the staff labels; anything else matches nothing."""
        if value == UNSURE:
            return self.filter(category=UNSORTED)
        return self.filter(category__in=GROUPS.get(value, (value,)))

    def for_list(self) -> Self:
        """What a list row shows and what its clock is read from."""
        return self.select_related("division", "community", "unit").prefetch_related("extensions", "pauses")

    def with_unit(self) -> Self:
        return self.filter(state__in=WITH_UNIT)
