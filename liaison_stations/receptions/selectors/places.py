"""Stations as the month plan sees them: a main station with its sites is one desk."""

from dataclasses import dataclass
from typing import Any

from liaison_stations.stations.models import DeliberationVenue, LiaisonStation
from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import divisions_of
from portal.jurisdictions.models import Division
from portal.jurisdictions.rules import paths_up

from ..models import GuestRole
from ..rules.rights import VIEW

MAIN = "main"


@dataclass(frozen=True)
class Desk:
    """The main station of a street or township and its sites: one person's month."""

    main: LiaisonStation
    stations: tuple[LiaisonStation, ...]

    @property
    def division(self) -> Division:
        return place_of(self.main)

    @property
    def venues(self) -> list[DeliberationVenue]:
        rows = DeliberationVenue.objects.filter(division__path__startswith=self.division.path, is_active=True)
        return list(rows.order_by("name"))


def place_of(station: LiaisonStation) -> Division:
    """A station always has a place; only other pages may have none."""
    place: Division = station.division  # type: ignore[assignment]  # as said
    return place


def scope_of(user: Any, permission: str = VIEW) -> list[Division] | None:
    """The divisions in which the user holds the permission; None for a superuser: everywhere."""
    if not user.is_active:
        return []
    if user.is_superuser:
        return None
    return list(divisions_of(user, *roles_granted(permission)))


def main_stations(user: Any, permission: str = VIEW) -> Any:
    """Main stations in the user's scope, in the order of the tree."""
    rows = LiaisonStation.objects.filter(kind=MAIN, live=True).select_related("division__parent")
    scope = scope_of(user, permission)
    if scope is not None:
        found = rows.none()
        for division in scope:
            found = found | rows.filter(division__path__startswith=division.path)
        rows = found
    return rows.order_by("division__path", "pk")


desks_for = main_stations


def stations_of(main: LiaisonStation) -> list[LiaisonStation]:
    """The main station first, then its sites."""
    rows = LiaisonStation.objects.filter(division__path__startswith=place_of(main).path, live=True)
    found = list(rows.select_related("division").order_by("path"))
    return sorted(found, key=lambda row: (row.pk != main.pk, row.kind != MAIN))


def desk_of(main: LiaisonStation) -> Desk:
    return Desk(main, tuple(stations_of(main)))


def main_station_at(division: Division) -> LiaisonStation | None:
    """The main station that keeps this place: of the division, or of the nearest one above it."""
    rows = LiaisonStation.objects.filter(kind=MAIN, live=True).select_related("division")
    near = [
        row
        for row in rows.filter(division__path__in=paths_up(division.path))
        if division.path.startswith(row.division.path)
    ]
    return max(near, key=lambda row: len(row.division.path), default=None)


def guest_roles() -> dict[str, GuestRole]:
    return {row.name: row for row in GuestRole.objects.filter(is_active=True)}
