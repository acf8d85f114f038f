"""ICS for phone calendars. In WeChat's browser, which downloads nothing, a page saying how to open it outside."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import site_name

from .models import ReceptionSession
from .rules.ics import Entry, calendar_text
from .selectors import Shown, shown
from .selectors.schedule import Chosen, sessions_for_calendar
from .states import Status

TYPE = "text/calendar; charset=utf-8"
GONE = (Status.CANCELLED, Status.MOVED)


def is_wechat(request: HttpRequest) -> bool:
    return "MicroMessenger" in request.headers.get("User-Agent", "")


def entry_of(each: Shown, request: HttpRequest) -> Entry:
    row = each.session
    lines = [
        each.note,
        _("接待代表：%s") % "、".join(each.hosts) if each.hosts else "",
        _("同时到站：%s") % "、".join(each.guests) if each.guests else "",
        _("主题：%s") % row.theme if row.theme else "",
        _("电话：%s") % row.station.phone if row.station.phone else "",
    ]
    return Entry(
        uid=row.calendar_key,
        starts=row.starts_at,
        ends=row.ends_at,
        summary=_("人大代表接待：%s") % row.station.title,
        place="，".join(part for part in (row.address, row.venue.name if row.venue else "") if part)
        or row.station.title,
        description="\n".join(line for line in lines if line),
        url=request.build_absolute_uri(row.get_absolute_url()),
        changed=row.changed_at,
        sequence=row.sequence,
        is_cancelled=row.status in GONE,
    )


def _answer(request: HttpRequest, name: str, rows: Iterable[Shown], file: str) -> HttpResponse:
    if is_wechat(request):
        address = request.build_absolute_uri(request.path)
        return render(request, "receptions/outside_wechat.html", {"address": address, "name": name})
    entries = [entry_of(each, request) for each in rows]
    body = calendar_text(name, entries, host=request.get_host().partition(":")[0])
    disposition = f'inline; filename="{file}.ics"'
    return HttpResponse(body, content_type=TYPE, headers={"Content-Disposition": disposition})


@require_safe
@vary_on_headers("User-Agent")
def station_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    station = get_object_or_404(LiaisonStation.objects.live().public(), pk=pk)
    rows = () if is_wechat(request) else sessions_for_calendar(Chosen(station=station))
    return _answer(request, _("%s接待日程") % station.title, rows, f"station-{pk}")


@require_safe
@vary_on_headers("User-Agent")
def deputy_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy, pk=pk)
    rows = () if is_wechat(request) else sessions_for_calendar(Chosen(deputy=deputy))
    return _answer(request, _("%s接待日程") % deputy.name, rows, f"deputy-{pk}")


@require_safe
@vary_on_headers("User-Agent")
def division_calendar(request: HttpRequest, code: str) -> HttpResponse:
    division = get_object_or_404(Division.objects.keyed(code))
    rows = () if is_wechat(request) else sessions_for_calendar(Chosen(division=division))
    return _answer(request, _("%s接待日程") % (division.name or site_name()), rows, f"division-{division.key}")


@require_safe
@vary_on_headers("User-Agent")
def session_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """One session; a moved one is answered with where it went."""
    row = get_object_or_404(ReceptionSession.objects.public().for_list(), key=key)
    newest = ReceptionSession.objects.public().filter(calendar_key=row.calendar_key).for_list()
    current = max(newest, key=lambda each: (each.status != Status.MOVED, each.sequence))
    return _answer(request, _("人大代表接待"), shown([current]), f"reception-{key}")
