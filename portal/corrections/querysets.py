"""Filters over corrections."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from .states import State


class CorrectionQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def in_divisions(self, paths: list[str], *, also_site_wide: bool = False, site: Any = None) -> Self:
        """At or below one of the divisions; those of none or of the site's own for who answers for the whole site."""
        scope = Q(division=None) | Q(division=site) if also_site_wide else Q(pk__in=[])  # no site: only those of none
        for path in paths:
            scope |= Q(division__path__startswith=path)
        return self.filter(scope)
