"""Chainable filters over the trail."""

from typing import Self

from django.db import models


class EntryQuerySet(models.QuerySet):
    def of(self, subject_kind: str, subject_key: str) -> Self:
        """What happened to one subject, in the order it was written."""
        return self.filter(subject_kind=subject_kind, subject_key=subject_key).order_by("id")

    def unsealed(self, *, after: int = 0) -> Self:
        """Committed entries without a place in the chain, with an id above `after`."""
        return self.filter(id__gt=after, seal__isnull=True).order_by("id")
