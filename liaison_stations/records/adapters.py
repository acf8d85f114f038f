"""Reception records as the floors below see them: a number in the trail, counts on a station's page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from liaison_stations.stations.models import LiaisonStation
from portal.trail.subjects import Subject

from .models import ReceptionRecord
from .permissions import user_can_view_records
from .selectors import Figures, figures_by_station, figures_of

SUBJECT_KIND = "reception_record"


def subjects(keys: list[str]) -> dict[str, Subject]:
    """For the trail and the outbox: never named to the public, the page is the staff's."""
    rows = ReceptionRecord.objects.filter(number__in=keys).select_related("session__station__division")

    def visible(row: ReceptionRecord) -> Any:
        return lambda user: user_can_view_records(user, row.division)

    return {
        row.number: Subject(
            SUBJECT_KIND, row.number, row.number, reverse("records_admin:record", args=[row.number]), visible(row)
        )
        for row in rows
    }


def station_figures(request: HttpRequest, station: LiaisonStation) -> dict[str, Any] | None:
    """This year's receptions: of a main station with its sites, of a site its own; None before the first was held."""
    today = timezone.localdate()
    since = today.replace(month=1, day=1)
    if station.kind == LiaisonStation.Kind.MAIN and station.division is not None:
        figures = figures_of(station.division, since, today)
    else:
        figures = figures_by_station([station.pk], since, today).get(station.pk, Figures())
    return {"figures": figures, "year": today.year} if figures.held else None
