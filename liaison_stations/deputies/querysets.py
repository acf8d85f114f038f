"""Chainable filters over deputies."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from portal.jurisdictions.models import Division
from portal.jurisdictions.rules import paths_up


class InDivisionQuerySet(models.QuerySet[Any]):
    def in_divisions(self, divisions: list[Division] | None) -> Self:
        """Of these divisions and below; None is everywhere."""
        if divisions is None:
            return self
        wanted = Q(pk__in=[])
        for division in divisions:
            wanted |= Q(division__path__startswith=division.path)
        return self.filter(wanted)


class DeputyQuerySet(InDivisionQuerySet):
    def in_office(self, on: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def serving(self, division: Division) -> Self:
        """Who belong to the division, to one above it or below it, or were elected where it lies."""
        up = paths_up(division.path)
        near = Q(division__path__in=up) | Q(division__path__startswith=division.path)
        return self.filter(near | Q(district__covers__path__in=up)).distinct()

    def of_level(self, level: str) -> Self:
        return self.filter(level=level)
