"""What the pages of stations and deputies show of receptions."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from .selectors.schedule import Chosen, next_reception

TEMPLATE = "receptions/next_section.html"


def of_station(request: HttpRequest, station: Any) -> dict[str, Any]:
    """The next reception, and where the whole month and the calendar are."""
    address = f"{reverse('receptions:schedule')}?station={station.pk}"
    return {"next": next_reception(Chosen(station=station)), "address": address, "is_station": True}


def of_deputy(request: HttpRequest, deputy: Any) -> dict[str, Any] | None:
    """Nothing for who is no longer in office."""
    if not deputy.is_in_office:
        return None
    address = f"{reverse('receptions:schedule')}?deputy={deputy.pk}"
    return {"next": next_reception(Chosen(deputy=deputy)), "address": address, "is_station": False}
