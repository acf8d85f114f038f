"""Filters over appraisals."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from portal.jurisdictions.models import Division


class OfficeAppraisalQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """Those whose written report was made public."""
        return self.filter(published_at__isnull=False)

    def in_division(self, division: Division) -> Self:
        """With everything below it."""
        return self.filter(division__path__startswith=division.path)

    def for_list(self) -> Self:
        return self.select_related("division", "unit", "publication")

    def in_scope(self, divisions: list[Division] | None, units: list[int]) -> Self:
        """Of these divisions and below (None: everywhere), and of these units."""
        if divisions is None:
            return self
        wanted = Q(unit__in=units)
        for division in divisions:
            wanted |= Q(division__path__startswith=division.path)
        return self.filter(wanted)
