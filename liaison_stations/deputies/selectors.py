"""Reads over deputies: which are in a person's scope, and whom a matter of a place may be brought to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import divisions_of
from portal.jurisdictions.models import Division
from portal.jurisdictions.querysets import DivisionQuerySet
from portal.jurisdictions.selectors import ancestors
from portal.trail.subjects import Subject, row_keys

from .models import Deputy, ElectoralDistrict
from .registry import performance_figures
from .rules import CHANGE, UPPER_LEVELS, VIEW, congress_level, periods

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


OWN_HEADINGS = {
    "title": _("所属人大"),
    "division": _("所在街道（乡镇）"),
    "district": _("选区（选举单位）"),
    "term": _("届次"),
    "starts_on": _("任期起"),
    "ends_on": _("任期止"),
}


def own_mandates(user: Any) -> list[dict[str, Any]]:
    """For the export of one's own data; past mandates too, mistakes not."""
    rows = Deputy.objects.filter(user=user, is_void=False).select_related("division", "district", "congress")
    return [
        {
            "title": row.title,
            "division": str(row.division),
            "district": str(row.district or ""),
            "term": row.term,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
        }
        for row in rows.order_by("starts_on", "pk")
    ]


def subjects(keys: list[str]) -> dict[str, Subject]:
    rows: Iterable[Deputy] = Deputy.objects.filter(pk__in=row_keys(keys)).select_related("division", "congress")
    today = timezone.localdate()

    def visible(row: Deputy) -> Any:
        is_public = not row.is_void and row.starts_on <= today
        return lambda user: is_public or (user.is_authenticated and user.has_perm(VIEW, row.division))

    return {
        str(row.pk): Subject(SUBJECT_KIND, str(row.pk), str(row), row.get_absolute_url(), visible(row)) for row in rows
    }


MANY_DISTRICTS = 200


def districts_for_filter(division: Division | None) -> list[ElectoralDistrict]:
    """The districts to choose from, once a place is chosen that has not too many of them."""
    if division is None:
        return []
    rows = list(ElectoralDistrict.objects.over(division).order_by("level", "name", "pk")[: MANY_DISTRICTS + 1])
    return rows if len(rows) <= MANY_DISTRICTS else []


def public_deputies(on: date | None = None) -> Any:
    return Deputy.objects.public(on or timezone.localdate())


def deputies_in_office(on: date | None = None) -> Any:
    """With what a card shows; for lists, the search and the site map."""
    return Deputy.objects.in_office(on or timezone.localdate()).for_list()


@dataclass(frozen=True)
class Performed:
    """One line of 履职信息: this year (or the last in office) and the mandate so far."""

    label: Any
    unit: Any
    definition: Any
    this_year: int
    whole: int


def performance_of(deputy: Deputy, on: date | None = None) -> list[Performed]:
    """Compiled from what the floors above registered; two queries a figure."""
    year, whole = periods(deputy.starts_on, deputy.ends_on, on or timezone.localdate())
    return [
        Performed(
            figure.label,
            figure.unit,
            figure.definition,
            figure.counts([deputy.pk], *year).get(deputy.pk, 0),
            figure.counts([deputy.pk], *whole).get(deputy.pk, 0),
        )
        for figure in performance_figures()
    ]
