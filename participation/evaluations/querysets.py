"""Published figures by place, unit, kind and period: whole rows in, whole rows out."""

from typing import TYPE_CHECKING

from django.db import models

from .rules.periods import Period

if TYPE_CHECKING:
    from portal.jurisdictions.models import Division


class PublicationQuerySet(models.QuerySet):
    def in_division(self, division: "Division") -> "PublicationQuerySet":
        """With everything below it."""
        return self.filter(division__path__startswith=division.path)

    def in_period(self, period: Period) -> "PublicationQuerySet":
        """By the day on which they were published."""
        return self.filter(published_on__gte=period.first, published_on__lt=period.until)

    def for_list(self) -> "PublicationQuerySet":
        return self.select_related("unit", "division").prefetch_related("corrections")


class PublishedTotalQuerySet(models.QuerySet):
    def in_division(self, division: "Division") -> "PublishedTotalQuerySet":
        """With everything below it."""
        return self.filter(division__path__startswith=division.path)

    def in_period(self, period: Period) -> "PublishedTotalQuerySet":
        rows = self.filter(year=period.year)
        return rows if period.quarter is None else rows.filter(quarter=period.quarter)
