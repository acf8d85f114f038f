"""ICS of deadlines: what is due when, for a division or one item."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from portal.jurisdictions.selectors import division_by_code

from .models import LedgerItem
from .selectors import item_by_reference

MOST = 500
DAYS_BACK = 90


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """`?division=CODE`; open items with a day, the late ones of the last three months among them."""
    rows = LedgerItem.objects.readable().filter(due_on__gte=timezone.localdate() - timedelta(days=DAYS_BACK))
    name = _("办理时限")
    if code := request.GET.get("division", ""):
        division = division_by_code(code)
        if division is None:
            raise Http404
        rows, name = rows.in_division(division), f"{division.name}{name}"
    return _calendar(request, name, list(rows.select_related("unit").order_by("due_on", "pk")[:MOST]))


@require_safe
def deadline(request: HttpRequest, reference: str) -> HttpResponse:
    item = item_by_reference(reference)
    if item is None or not item.is_readable or item.due_on is None:
        raise Http404
    return _calendar(request, item.reference, [item])


def _calendar(request: HttpRequest, name: str, items: list[LedgerItem]) -> HttpResponse:
    calendar = Calendar()
    calendar.add("prodid", "-//ledger//zh-CN//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for item in items:
        assert item.due_on is not None  # noqa: S101 - filtered
        event = Event()
        event.add("uid", f"{item.reference}@{request.get_host()}")
        event.add("dtstamp", item.state_since)
        event.add("dtstart", item.due_on)
        event.add("dtend", item.due_on + timedelta(days=1))
        event.add("summary", _("办理时限：%s") % item.title)
        event.add("description", f"{item.reference} {item.unit.name if item.unit else ''}".strip())
        event.add("url", request.build_absolute_uri(item.get_absolute_url()))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return response
