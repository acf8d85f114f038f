"""Reads over stations: the directory, one station's facts, who serves there."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Q

from portal.accounts.permissions import roles_granted
from portal.accounts.rules import STATION_ROLE_OF_POST
from portal.accounts.selectors import committee_posts_of, divisions_of
from portal.jurisdictions.models import Division
from portal.jurisdictions.querysets import DivisionQuerySet
from portal.pagecache.services import kept
from portal.pages.rules.addresses import address_of

from . import rules
from .models import DeliberationVenue, LiaisonStation, StationIndexPage, StationStaff
from .rules import VIEW_VENUES


def stations_for_list() -> Any:
    """Public stations and sites with `place`, by which the directory is ordered."""
    rows = LiaisonStation.objects.public_stations().select_related("division__parent")
    return rows.annotate(place=F("division__path"))


def venues_for_list() -> Any:
    """Venues in use with `place`, by which their list is ordered."""
    rows = DeliberationVenue.objects.in_use().select_related("division__parent", "station")
    return rows.annotate(place=F("division__path"))


def points() -> list[dict[str, Any]]:
    """Public stations that have coordinates, for the browser; one query."""
    rows = LiaisonStation.objects.public_stations().filter(latitude__isnull=False).order_by("division__path", "path")
    fields = rows.values_list("title", "url_path", "address", "latitude", "longitude")
    return [
        {"name": title, "url": address_of(url_path), "address": address, "lat": float(lat), "lon": float(lon)}
        for title, url_path, address, lat, lon in fields
    ]


def directory() -> StationIndexPage | None:
    """The public directory page, if there is one."""
    return StationIndexPage.objects.live().first()


def directory_address() -> str:
    """Where 联络站 of the navigation leads; "" while there is no public station. Remembered until a page changes."""
    return kept("stations_address", _address_of_directory)


def _address_of_directory() -> str:
    some = LiaisonStation.objects.public_stations()
    url_path = StationIndexPage.objects.live().filter(Exists(some)).values_list("url_path", flat=True).first()
    return address_of(url_path) if url_path else ""


# --- Staff ---------------------------------------------------------------------------------------------------------
def places_of(user: Any, permission: str) -> DivisionQuerySet:
    """Streets, townships and counties in which the user holds the permission."""
    rows = Division.objects.at_level("county", "subdistrict", "township", "community").order_by("path")
    if user.is_superuser:
        return rows
    wanted = Q(pk__in=[])
    for division in divisions_of(user, *roles_granted(permission)):
        wanted |= Q(path__startswith=division.path)
    return rows.filter(wanted)


def venues_in_scope(user: Any) -> Any:
    rows = DeliberationVenue.objects.select_related("division", "station")
    if user.is_superuser:
        return rows
    wanted = Q(pk__in=[])
    for division in divisions_of(user, *roles_granted(VIEW_VENUES)):
        wanted |= Q(division__path__startswith=division.path)
    return rows.filter(wanted)


def stations_of(user: Any) -> Any:
    """The stations and sites that the user keeps, drafts included."""
    rows = LiaisonStation.objects.order_by("division__path", "path")
    if user.is_superuser:
        return rows
    wanted = Q(pk__in=[])
    for division in divisions_of(user, *roles_granted(LiaisonStation.right_to("change"))):
        wanted |= Q(division__path__startswith=division.path)
    return rows.filter(wanted)


def own_station(user: Any) -> LiaisonStation | None:
    """The one main station that the user keeps; None for who keeps none or several."""
    if user.is_superuser:
        return None
    found = list(stations_of(user).filter(kind=LiaisonStation.Kind.MAIN)[:2])
    return found[0] if len(found) == 1 else None


def sites_of(station: LiaisonStation) -> list[LiaisonStation]:
    """The public sites below a station, in the order that the clerk gave them."""
    return list(LiaisonStation.objects.public_stations().child_of(station).order_by("path"))


def venues_of(station: LiaisonStation) -> list[DeliberationVenue]:
    return list(station.venues.in_use().order_by("name"))


def co_located_of(station: LiaisonStation) -> list[str]:
    return [row.name for row in station.co_located.all()]


@dataclass(frozen=True)
class Serving:
    """One person who serves at a station; `is_derived` from a post of the committee, not entered for the station."""

    role: str
    name: str
    deputy_id: int | None = None
    is_derived: bool = False
    is_acting: bool = False

    @property
    def label(self) -> str:
        return str(dict(StationStaff.Role.choices)[self.role])


def staff_of(station: LiaisonStation) -> list[Serving]:
    """Those entered for the station; for a main station without any, those whom the committee's posts make (X26)."""
    entered = [Serving(row.role, row.name, row.deputy_id) for row in station.staff.all()]
    order = {role: place for place, role in enumerate(StationStaff.Role.values)}
    return sorted(entered, key=lambda row: order[row.role]) or derived_staff(station)


def derived_staff(station: LiaisonStation) -> list[Serving]:
    """第十四条二: 工委主任=站长, 副主任=副站长, 轮值副站长, 专干=联络员. Of main stations only."""
    if not station.is_main or station.division is None:
        return []
    return [
        Serving(STATION_ROLE_OF_POST[row.post], row.name, is_derived=True, is_acting=row.is_acting)
        for row in committee_posts_of(station.division)
    ]


def staff_differences(station: LiaisonStation) -> list[tuple[str, str, bool]]:
    """(role, name, whether it is the station's entry) where entries and posts of the committee differ (X26)."""
    entered = [(row.role, row.name) for row in station.staff.all()]
    derived = [(row.role, row.name) for row in derived_staff(station)]
    return rules.differences(entered, derived) if entered and derived else []


def map_links(station: LiaisonStation) -> list[tuple[str, str]]:
    return rules.map_addresses(station.title, station.address, station.latitude, station.longitude)
