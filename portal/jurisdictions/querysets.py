"""Chainable filters over the division tree and over periods of terms."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from django.db import models
from django.db.models import Q

from portal.hanzi.rules import fold

from . import rules


class Placed(Protocol):
    """A division, as far as these filters look."""

    pk: Any
    path: str


class DivisionQuerySet(models.QuerySet[Any]):
    """All filters go by the materialised path, so each is one indexed comparison, whatever the depth."""

    def within(self, division: Placed) -> DivisionQuerySet:
        """The division itself and everything below it."""
        return self.filter(path__startswith=division.path)

    def descendants_of(self, division: Placed) -> DivisionQuerySet:
        return self.within(division).exclude(pk=division.pk)

    def ancestors_of(self, division: Placed, *, include_self: bool = False) -> DivisionQuerySet:
        """From the top down."""
        paths = rules.paths_up(division.path)
        return self.filter(path__in=paths if include_self else paths[1:]).order_by("path")

    def keyed(self, key: str) -> DivisionQuerySet:
        """By 12-digit code, or by the local id of a division that has no code yet."""
        return self.filter(Q(code=key) | Q(local_id=key))

    def perhaps_called(self, words: str) -> DivisionQuerySet:
        """A name with these words, or one that these words, read as a whole path, may end in; or a code's beginning."""
        plain = fold(words)
        asked = Q(name__contains=words) | Q(name__contains=plain) | Q(code__startswith=plain)
        for start in range(1, len(plain) - 1):
            asked |= Q(name__startswith=plain[start:])
        return self.filter(asked)

    def at_level(self, *levels: str) -> DivisionQuerySet:
        return self.filter(level__in=levels)


class TermsPeriodQuerySet(models.QuerySet):
    def begun_by(self, day: date) -> TermsPeriodQuerySet:
        return self.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day))

    def newest_first(self) -> TermsPeriodQuerySet:
        """A period without a date is the oldest."""
        return self.order_by(models.F("starts_on").desc(nulls_last=True), "-pk")
