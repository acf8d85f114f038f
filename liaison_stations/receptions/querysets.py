"""Chainable filters over schemes and sessions."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from portal.jurisdictions.models import Division
from portal.jurisdictions.rules import paths_up

from .states import PUBLIC, TAKING_PLACE, Status


class SchemeQuerySet(models.QuerySet[Any]):
    def in_force(self, on: date) -> Self:
        return self.filter(Q(effective_to__isnull=True) | Q(effective_to__gte=on), effective_from__lte=on)

    def over(self, division: Division) -> Self:
        """Of the division and those above it."""
        return self.filter(division__path__in=paths_up(division.path))


class SessionQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        return self.filter(status__in=[status.value for status in PUBLIC])

    def standing(self) -> Self:
        """Those that take up people and places."""
        return self.filter(status__in=[status.value for status in TAKING_PLACE])

    def to_come(self, today: date) -> Self:
        return self.filter(status=Status.PUBLISHED.value, date__gte=today)

    def planned(self) -> Self:
        return self.filter(status=Status.PLANNED.value)

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED.value)

    def held(self) -> Self:
        """The only ones that count."""
        return self.filter(status=Status.HELD.value)

    def in_month(self, year: int, month: int) -> Self:
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
        return self.filter(date__gte=first, date__lt=after)

    def in_division(self, division: Division) -> Self:
        """With everything below it."""
        return self.filter(station__division__path__startswith=division.path)

    def in_divisions(self, divisions: list[Division] | None) -> Self:
        """Of these divisions and below; None is everywhere."""
        if divisions is None:
            return self
        wanted = Q(pk__in=[])
        for division in divisions:
            wanted |= Q(station__division__path__startswith=division.path)
        return self.filter(wanted)

    def of_deputy(self, deputy: Any) -> Self:
        return self.filter(host_rows__deputy=deputy)

    def for_list(self) -> Self:
        """With what a line shows: two queries more than the rows, however many."""
        return self.select_related("station__division", "venue", "moved_to__station").prefetch_related(
            models.Prefetch("host_rows", self.model.host_rows.rel.related_model.objects.select_related("deputy")),
            models.Prefetch("guest_rows", self.model.guest_rows.rel.related_model.objects.select_related("role")),
        )
