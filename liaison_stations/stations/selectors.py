"""Reads over stations: the directory, one station's facts, who serves there."""

from typing import Any

from django.db.models import F

from . import rules
from .models import DeliberationVenue, LiaisonStation, StationIndexPage, StationStaff


def stations_for_list() -> Any:
    """Public stations and sites with `place`, by which the directory is ordered."""
    rows = LiaisonStation.objects.public_stations().select_related("division__parent")
    return rows.annotate(place=F("division__path"))


def directory() -> StationIndexPage | None:
    """The public directory page, if there is one."""
    return StationIndexPage.objects.live().first()


def sites_of(station: LiaisonStation) -> list[LiaisonStation]:
    """The public sites below a station, in the order that the clerk gave them."""
    return list(LiaisonStation.objects.public_stations().child_of(station).order_by("path"))


def venues_of(station: LiaisonStation) -> list[DeliberationVenue]:
    return list(station.venues.in_use().order_by("name"))


def co_located_of(station: LiaisonStation) -> list[str]:
    return [row.name for row in station.co_located.all()]


def staff_of(station: LiaisonStation) -> list[StationStaff]:
    """Those entered for the station, heads first."""
    order = {role: place for place, role in enumerate(StationStaff.Role.values)}
    return sorted(station.staff.all(), key=lambda row: (order[row.role], row.sort_order or 0))


def map_links(station: LiaisonStation) -> list[tuple[str, str]]:
    return rules.map_addresses(station.title, station.address, station.latitude, station.longitude)
