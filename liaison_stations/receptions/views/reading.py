"""The month, its print, one session, one document."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.oversight.views.reading import pdf_response
from portal.frame.structured import json_ld_element, qr_svg
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, chosen_division, full_name, site_places

from ..forms import ScheduleForm
from ..models import Booking, ReceptionSession, StationDocument
from ..permissions import user_can_book
from ..rules.announcement import Line, announcement
from ..rules.booking import free_seat
from ..selectors import Shown, scheme_in_force, shown_of
from ..selectors.places import main_station_at
from ..selectors.schedule import Chosen, Schedule, schedule_of
from ..states import Status


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """What the address asks for, nothing else: division, station, deputy, month, day."""
    form, found = _asked(request)
    chosen = form.chosen
    context = {
        "form": form,
        "found": found,
        "chosen": chosen,
        "heading": heading(chosen),
        "label": label_of(chosen, found),
        "text": None if found is None or found.is_grouped else text_of(request, chosen, found),
        "feed": feed_of(chosen),
        "query": _query(request),
        "today": timezone.localdate(),
        "is_filtered": form.is_narrowing,
    }
    return render(request, "receptions/schedule.html", context)


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """One A4 sheet for the wall: of a station or a street, never of a whole city."""
    form, found = _asked(request)
    chosen = form.chosen
    back = request.build_absolute_uri(f"{reverse('receptions:schedule')}?{_query(request)}")
    context = {
        "form": form,
        "found": found,
        "chosen": chosen,
        "heading": heading(chosen),
        "label": label_of(chosen, found),
        "back": back,
        "query": _query(request),
        "qr": qr_svg(back),
        "station": chosen.station or (main_station_at(chosen.division) if chosen.division else None),
        "printed_on": timezone.localdate(),
    }
    return render(request, "receptions/schedule_print.html", context)


def _asked(request: HttpRequest) -> tuple[ScheduleForm, Schedule | None]:
    places = site_places()
    form = ScheduleForm(request.GET, places=places, preferred=_preferred(request, places))
    return form, None if form.errors else schedule_of(form.chosen, *form.month, form.day)


def _preferred(request: HttpRequest, places: Places) -> list[Division]:
    known = [chosen_division(request.COOKIES), getattr(request.user, "division", None)]
    rows = [places.subdistrict_of(each) for each in known if each is not None]
    return list({row.pk: row for row in rows if row is not None}.values())


def _query(request: HttpRequest) -> str:
    return urlencode({name: request.GET[name] for name in ("division", "station", "deputy") if request.GET.get(name)})


def heading(chosen: Chosen) -> str:
    parts = [
        chosen.division.name if chosen.division and not chosen.station else "",
        chosen.station.title if chosen.station else "",
        chosen.deputy.name if chosen.deputy else "",
    ]
    return "".join(parts)


def label_of(chosen: Chosen, found: Schedule | None) -> str:
    """The slogan as it is written, never what it might mean."""
    place = chosen.station.division if chosen.station else chosen.division
    if place is None or found is None:
        return ""
    scheme = scheme_in_force(place, date(found.year, found.month, 1))
    return scheme.label if scheme else ""


def feed_of(chosen: Chosen) -> tuple[str, Any] | None:
    """Which calendar belongs to the page; of the whole site there is none."""
    if chosen.deputy is not None:
        return "receptions:deputy_calendar", chosen.deputy.pk
    if chosen.station is not None:
        return "receptions:station_calendar", chosen.station.pk
    return ("receptions:division_calendar", chosen.division.key) if chosen.division is not None else None


def line_of(each: Shown) -> Line:
    row = each.session
    return Line(row.date, row.start, row.end, row.place, tuple(each.hosts), tuple(each.guests), row.theme, each.note)


def text_of(request: HttpRequest, chosen: Chosen, found: Schedule) -> str:
    title = _("%(place)s%(year)d年%(month)d月接待安排") % {
        "place": heading(chosen) or _("人大代表联络站"), "year": found.year, "month": found.month,
    }  # fmt: skip
    station = chosen.station
    return announcement(
        title,
        label_of(chosen, found),
        [line_of(each) for each in found.rows],
        address=station.address if station else "",
        phone=station.phone if station else "",
        url=request.build_absolute_uri(f"{request.path}?{_query(request)}"),
    )


@require_safe
def session(request: HttpRequest, key: str) -> HttpResponse:
    row = get_object_or_404(ReceptionSession.objects.public().for_list(), key=key)
    each = shown_of(row)
    own = None
    if request.user.is_authenticated:
        own = Booking.objects.filter(session=row, user=request.user, cancelled_at=None).first()
    context = {
        "row": row,
        "each": each,
        "place": full_name(row.division),
        "slots": slots_of(row),
        # chosen before the log-in that it asked for
        "chosen_slot": int(asked) if (asked := request.GET.get("slot", "")).isdecimal() and len(asked) < 4 else -1,
        "own": own,
        "own_slot": row.slots[own.slot] if own and own.slot < len(row.slots) else None,
        "may_book": user_can_book(request.user),
        "came_from": ReceptionSession.objects.filter(moved_to=row).first(),
        "event": json_ld_element(event_of(request, each)),
        "is_open": row.status == Status.PUBLISHED and row.starts_at > timezone.now(),
    }
    return render(request, "receptions/session_detail.html", context)


def slots_of(row: ReceptionSession) -> list[dict[str, Any]]:
    """Each slot with how many seats are left."""
    if not row.capacity or row.status != Status.PUBLISHED:
        return []
    taken: dict[int, set[int]] = {}
    for slot, seat in Booking.objects.filter(session=row, cancelled_at=None).values_list("slot", "seat"):
        taken.setdefault(slot, set()).add(seat)
    return [
        {"number": n, "start": start, "end": end, "left": max(0, row.capacity - len(taken.get(n, ()))),
         "is_free": free_seat(taken.get(n, ()), row.capacity) is not None}
        for n, (start, end) in enumerate(row.slots)
    ]  # fmt: skip


EVENT_STATUS = {Status.CANCELLED: "EventCancelled", Status.MOVED: "EventRescheduled"}


def event_of(request: HttpRequest, each: Shown) -> dict[str, Any]:
    """schema.org's Event, with nothing that the page does not say."""
    row = each.session
    status = EVENT_STATUS.get(Status(row.status), "EventScheduled")
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": _("人大代表接待：%s") % row.station.title,
        "startDate": timezone.localtime(row.starts_at).isoformat(),
        "endDate": timezone.localtime(row.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": row.place, "address": row.address or row.division.name},
        "organizer": {"@type": "Organization", "name": row.station.title},
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "isAccessibleForFree": True,
    }


@require_safe
def document(request: HttpRequest, pk: int) -> FileResponse:
    row = get_object_or_404(StationDocument, pk=pk, is_public=True)
    return pdf_response(row.file, f"station-document-{row.pk}.pdf")
