"""Chainable filters over the periodic jobs."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class JobRunQuerySet(models.QuerySet):
    def free(self, now: datetime.datetime) -> Self:
        """Claimed by nobody, or by somebody whose claim has run out."""
        return self.filter(Q(claim="") | Q(claimed_until__lte=now))

    def due(self, now: datetime.datetime, every: datetime.timedelta) -> Self:
        """Never started, started at least `every` ago, or started in a future that a clock has since taken back."""
        return self.filter(Q(started_at=None) | Q(started_at__lte=now - every) | Q(started_at__gt=now))
