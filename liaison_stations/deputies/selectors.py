"""Reads over deputies: which are in a person's scope, and whom a matter of a place may be brought to."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import divisions_of
from portal.jurisdictions.models import Division
from portal.jurisdictions.querysets import DivisionQuerySet
from portal.jurisdictions.selectors import ancestors
from portal.trail.subjects import Subject

from .models import Deputy, ElectoralDistrict
from .rules import CHANGE, UPPER_LEVELS, VIEW, congress_level

PLACES = ("county", "subdistrict", "township")  # where a deputy may belong
SUBJECT_KIND = "deputy"


def scope_of(user: Any, permission: str) -> list[Division] | None:
    """The divisions in which the user holds the permission; None for a superuser: everywhere."""
    if not user.is_active:
        return []
    if user.is_superuser:
        return None
    return list(divisions_of(user, *roles_granted(permission)))


def deputies_in_scope(user: Any, permission: str = VIEW) -> Any:
    rows = Deputy.objects.in_divisions(scope_of(user, permission))
    return rows.select_related("division", "congress", "district", "user")


def districts_in_scope(user: Any, permission: str = VIEW) -> Any:
    return ElectoralDistrict.objects.in_divisions(scope_of(user, permission)).select_related("division")


def places_in_scope(user: Any, permission: str = CHANGE) -> DivisionQuerySet:
    """Where the user may enter deputies."""
    rows = Division.objects.at_level(*PLACES).order_by("path")
    scope = scope_of(user, permission)
    if scope is None:
        return rows
    found = rows.none()
    for division in scope:
        found = found | rows.within(division)
    return found.distinct()


def congress_of(division: Division, level: str) -> Division | None:
    """The division over (or equal to) this one whose congress has that level."""
    wanted = congress_level(level)
    if not wanted:
        return None
    return next((place for place in (*ancestors(division), division) if place.level == wanted), None)


def upper_deputies(division: Division, on: date | None = None) -> Any:
    """Deputies in office of the levels above a street or township who serve this place (C31), county first."""
    rows = Deputy.objects.in_office(on or timezone.localdate()).serving(division)
    return rows.filter(level__in=UPPER_LEVELS).select_related("congress", "division", "user").order_by("level", "pk")


def mandates_of(user: Any, on: date | None = None) -> Any:
    """The mandates that this person holds today."""
    return Deputy.objects.filter(user=user).in_office(on or timezone.localdate())


def subjects(keys: list[str]) -> dict[str, Subject]:
    wanted = [int(key) for key in keys if key.isascii() and key.isdigit()]
    rows: Iterable[Deputy] = Deputy.objects.filter(pk__in=wanted).select_related("division", "congress")

    def visible(row: Deputy) -> Any:
        return lambda user: user.is_authenticated and user.has_perm(VIEW, row.division)

    return {str(row.pk): Subject(SUBJECT_KIND, str(row.pk), str(row), "", visible(row)) for row in rows}
