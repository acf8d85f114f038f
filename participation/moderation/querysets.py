"""Filters over the reviews."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from .states import ReviewState


class ReviewQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(state=ReviewState.WAITING)

    def to_confirm(self) -> Self:
        """Hidden by one person, not yet confirmed or restored by another."""
        return self.filter(state=ReviewState.HIDDEN, confirmed_at__isnull=True)

    def in_divisions(self, paths: list[str]) -> Self:
        """Those at or below any of the division paths; no path, no rows."""
        if not paths:
            return self.none()
        scope = Q()
        for path in paths:
            scope |= Q(division__path__startswith=path)
        return self.filter(scope)

    def claimed_by_other(self, user: Any) -> Self:
        return self.filter(claimed_by__isnull=False).exclude(claimed_by=user)
