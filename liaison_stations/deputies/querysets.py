"""Chainable filters over deputies."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Concat

from portal.jurisdictions.models import Division
from portal.jurisdictions.rules import paths_up

from .rules import LEVELS


class InDivisionQuerySet(models.QuerySet[Any]):
    def in_divisions(self, divisions: list[Division] | None) -> Self:
        """Of these divisions and below; None is everywhere."""
        if divisions is None:
            return self
        wanted = Q(pk__in=[])
        for division in divisions:
            wanted |= Q(division__path__startswith=division.path)
        return self.filter(wanted)


class DistrictQuerySet(InDivisionQuerySet):
    def over(self, division: Division) -> Self:
        """Kept in the division or below it, or taking in a part of it."""
        covers = Q(covers__path__startswith=division.path) | Q(covers__path__in=paths_up(division.path))
        return self.filter(Q(division__path__startswith=division.path) | covers).distinct()


class DeputyQuerySet(InDivisionQuerySet):
    def in_office(self, on: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, is_void=False)

    def public(self, on: date) -> Self:
        """In office or formerly; neither mistakes nor who has not begun."""
        return self.filter(starts_on__lte=on, is_void=False)

    def former(self, on: date) -> Self:
        return self.public(on).filter(ends_on__lt=on)

    def of_place(self, division: Division) -> Self:
        """Of the division and below it, elected in a district that takes in a part of it, or, for a community, of its
        street."""
        path = division.path
        covers = Q(district__covers__path__startswith=path) | Q(district__covers__path__in=paths_up(path))
        elected = self.model._base_manager.filter(covers).values("pk")
        near = Q(division__path__startswith=path) | Q(pk__in=elected)
        if division.level == Division.Level.COMMUNITY and division.parent_id:
            near |= Q(division=division.parent_id)
        return self.filter(near)

    def for_list(self) -> Self:
        """With what a card shows, and `rank`: the levels from the top down, then place and name."""
        levels = Case(
            *(When(level=level, then=Value(str(place))) for place, level in enumerate(LEVELS)),
            default=Value("9"),
            output_field=CharField(),
        )
        rank = Concat(levels, F("division__path"), Value(" "), F("name"), output_field=CharField())
        return self.select_related("division", "congress", "district").annotate(rank=rank)

    def serving(self, division: Division) -> Self:
        """Who belong to the division, to one above it or below it, or were elected where it lies."""
        up = paths_up(division.path)
        near = Q(division__path__in=up) | Q(division__path__startswith=division.path)
        return self.filter(near | Q(district__covers__path__in=up)).distinct()

    def of_level(self, level: str) -> Self:
        return self.filter(level=level)
