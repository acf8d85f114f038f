"""Chainable filters over messages and QR codes."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from portal.jurisdictions.models import Division

from .states import WAITING


def _within(field: str, divisions: list[Division] | None) -> Q:
    if divisions is None:
        return Q()
    wanted = Q(pk__in=[])
    for division in divisions:
        wanted |= Q(**{f"{field}__path__startswith": division.path})
    return wanted


class CodeQuerySet(models.QuerySet[Any]):
    def valid(self) -> Self:
        return self.filter(revoked_at=None)

    def in_divisions(self, divisions: list[Division] | None) -> Self:
        """In these divisions and below; None is everywhere."""
        return self.filter(_within("division", divisions))


class MessageQuerySet(models.QuerySet[Any]):
    def in_divisions(self, divisions: list[Division] | None) -> Self:
        return self.filter(_within("division", divisions))

    def to_deputy_user(self, user: Any) -> Self:
        """Left for this person as a deputy, in whichever mandate, or passed on to them."""
        return self.filter(Q(deputy__user=user) | Q(passed_to__user=user))

    def waiting(self) -> Self:
        return self.filter(state__in=[state.value for state in WAITING])

    def due_soon(self, since: date, until: date) -> Self:
        return self.waiting().filter(due_on__range=(since, until))

    def overdue(self, on: date) -> Self:
        return self.waiting().filter(due_on__lt=on)

    def for_list(self) -> Self:
        return self.select_related(
            "division", "station", "deputy__congress", "passed_to__congress", "item", "proposal", "answered_by"
        )
