"""Stations as lists of them are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from portal.jurisdictions.models import Division


class StationQuerySet(PageQuerySet):
    def in_division(self, division: Division) -> StationQuerySet:
        """With everything below it."""
        found: StationQuerySet = self.filter(division__path__startswith=division.path)
        return found

    def public_stations(self) -> StationQuerySet:
        found: StationQuerySet = self.live().public()
        return found

    def for_list(self) -> StationQuerySet:
        found: StationQuerySet = self.select_related("division__parent").order_by("division__path", "path")
        return found


StationManager: Any = PageManager.from_queryset(StationQuerySet)


class VenueQuerySet(models.QuerySet[Any]):
    def in_division(self, division: Division) -> VenueQuerySet:
        return self.filter(division__path__startswith=division.path)

    def in_use(self) -> VenueQuerySet:
        return self.filter(is_active=True)
