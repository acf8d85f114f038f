"""Chainable filters over reception records."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from liaison_stations.receptions.states import Status
from portal.jurisdictions.models import Division

from .states import State


class RecordQuerySet(models.QuerySet[Any]):
    def counted(self) -> Self:
        """Of held sessions, and not entered by mistake: the only ones that any figure counts."""
        return self.filter(session__status=Status.HELD.value).exclude(state=State.VOIDED.value)

    def between(self, since: date, until: date) -> Self:
        return self.filter(session__date__gte=since, session__date__lte=until)

    def in_divisions(self, divisions: list[Division] | None) -> Self:
        """Of stations in these divisions and below; None is everywhere."""
        if divisions is None:
            return self
        wanted = Q(pk__in=[])
        for division in divisions:
            wanted |= Q(session__station__division__path__startswith=division.path)
        return self.filter(wanted)

    def for_list(self) -> Self:
        return self.select_related(
            "session__station__division", "community", "item", "proposal", "user"
        ).prefetch_related("deputies")
