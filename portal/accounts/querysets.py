"""Chainable filters over people and their posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import UserManager
from django.db.models import Q, QuerySet

from portal.encryption.services import blind_indexes

from . import rules


class UserQuerySet(QuerySet[Any]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)

    def with_phone(self, phone: str) -> UserQuerySet:
        """The one resident who logs in with this number, if any."""
        return self.filter(phone_index__in=blind_indexes(rules.normalised_phone(phone), "phone"))

    def reached_at(self, phone: str) -> UserQuerySet:
        """Everybody who logs in with this number or is reached there: husband and wife are two residents."""
        number = rules.normalised_phone(phone)
        return self.filter(
            Q(phone_index__in=blind_indexes(number, "phone"))
            | Q(contact_phone_index__in=blind_indexes(number, "contact_phone"))
        )


class PortalUserManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    pass


class RoleAssignmentQuerySet(QuerySet[Any]):
    def current(self, on: date) -> RoleAssignmentQuerySet:
        """In office on that day; both ends are inclusive."""
        return self.not_over(on).filter(starts_on__lte=on)

    def not_over(self, on: date) -> RoleAssignmentQuerySet:
        """In office on that day or later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), is_void=False)

    def covering(self, division: Any) -> RoleAssignmentQuerySet:
        """Held in the division or above it."""
        return self.filter(division__path__in=rules.paths_up(division.path))

    def within(self, divisions: Iterable[Any]) -> RoleAssignmentQuerySet:
        """Held in one of the divisions or below them."""
        wanted = Q(pk__in=[])
        for division in divisions:
            wanted |= Q(division__path__startswith=division.path)
        return self.filter(wanted)


class CommitteePostQuerySet(QuerySet[Any]):
    def current(self, on: date) -> CommitteePostQuerySet:
        """Held on that day; both ends are inclusive."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, is_void=False)

    def within(self, divisions: Iterable[Any]) -> CommitteePostQuerySet:
        """Of the committees in one of the divisions or below them."""
        wanted = Q(pk__in=[])
        for division in divisions:
            wanted |= Q(division__path__startswith=division.path)
        return self.filter(wanted)
