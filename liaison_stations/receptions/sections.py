"""What the pages of stations and deputies show of receptions."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from .models import StationDocument
from .selectors import scheme_in_force
from .selectors.places import MAIN, place_of
from .selectors.schedule import Chosen, next_receptions

STATION, DEPUTY = "receptions/station_section.html", "receptions/deputy_section.html"
FEW = 6


def of_station(request: HttpRequest, station: Any) -> dict[str, Any]:
    """What comes next, at a main station with its sites; the label, the calendar, plan and rules of duty."""
    division = place_of(station)
    is_main = station.kind == MAIN
    scheme = scheme_in_force(division, timezone.localdate())
    return {
        "rows": next_receptions(Chosen(division=division) if is_main else Chosen(station=station), FEW),
        "station": station,
        "division": division if is_main else None,
        "label": scheme.label if scheme else "",
        "documents": StationDocument.objects.filter(division=division, is_public=True)[:FEW] if is_main else (),
    }


def of_deputy(request: HttpRequest, deputy: Any) -> dict[str, Any] | None:
    """Nothing for who is no longer in office."""
    return {"rows": next_receptions(Chosen(deputy=deputy), 3)} if deputy.is_in_office else None
