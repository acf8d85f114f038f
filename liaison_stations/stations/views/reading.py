"""What stands beside the pages of stations: the venues, and where the stations are, for the nearest one."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.frame.counting import bounded_count
from portal.frame.paging import keyset_page
from portal.jurisdictions.selectors import full_names, site_places

from ..forms import VenueFilterForm
from ..selectors import directory, points, venues_for_list


@require_safe
def points_view(request: HttpRequest) -> JsonResponse:
    """Every public station with coordinates (GCJ-02): the visitor's browser finds the nearest by itself."""
    return JsonResponse({"stations": points()})


@require_safe
def venue_list(request: HttpRequest) -> HttpResponse:
    """议事阵地: what the address asks for, nothing else: division, kind, cursor."""
    form = VenueFilterForm(request.GET, places=site_places(), preferred=[])
    rows = form.narrowed(venues_for_list())
    page = keyset_page(rows, "place", request.GET.get("cursor"))
    names = full_names({row.division for row in page})
    context = {
        "form": form,
        "page": page,
        "rows": [(row, names[row.division_id]) for row in page],
        "total": "0" if form.errors else bounded_count(rows),
        "is_filtered": form.is_narrowing,
        "directory": directory(),
    }
    return render(request, "stations/venue_list.html", context)
