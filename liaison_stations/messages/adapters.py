"""Messages as the floors below see them: a number in the trail, a link on a station's or a deputy's page, one's own."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from portal.trail.subjects import Subject, row_keys

from .models import DeputyMessage, DeputyQrCode
from .permissions import user_can_keep_codes, user_can_read_message
from .selectors import left_for, sent_by, valid_code_of

SUBJECT_KIND = "deputy_message"
STATION, DEPUTY = "deputy_messages/station_section.html", "deputy_messages/deputy_section.html"
PANEL_ROWS = 5


def subjects(keys: list[str]) -> dict[str, Subject]:
    """For the trail and the outbox: never named to the public."""
    rows = DeputyMessage.objects.filter(number__in=keys).select_related("division", "deputy")

    def visible(row: DeputyMessage) -> Any:
        return lambda user: user_can_read_message(user, row)

    return {
        row.number: Subject(SUBJECT_KIND, row.number, row.number, row.get_absolute_url(), visible(row)) for row in rows
    }


def code_subjects(keys: list[str]) -> dict[str, Subject]:
    rows = DeputyQrCode.objects.filter(pk__in=row_keys(keys)).select_related("station", "deputy__congress", "division")

    def visible(row: DeputyQrCode) -> Any:
        return lambda user: user_can_keep_codes(user, row.division)

    return {
        str(row.pk): Subject(
            "deputy_qr_code", str(row.pk), str(row), reverse("messages_admin:code", args=[row.pk]), visible(row)
        )
        for row in rows
    }


def of_station(request: HttpRequest, station: Any) -> dict[str, Any] | None:
    code = valid_code_of(station=station)
    return {"code": code} if code is not None else None


def of_deputy(request: HttpRequest, deputy: Any) -> dict[str, Any] | None:
    """Nothing for who is no longer in office."""
    code = valid_code_of(deputy=deputy) if deputy.is_in_office else None
    return {"code": code} if code is not None else None


def own_panel(request: HttpRequest) -> dict[str, Any] | None:
    """On `/me/`: what was left for this deputy, what this person wrote."""
    left, sent = list(left_for(request.user)[:PANEL_ROWS]), list(sent_by(request.user)[:PANEL_ROWS])
    return {"left": left, "sent": sent} if left or sent else None
