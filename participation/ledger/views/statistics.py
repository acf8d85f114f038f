"""The statistics of the public ledger, as a page and as a table to take along."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import division_by_code, full_names

from ..exports import statistics_csv
from ..selectors.statistics import DEFINITIONS, statistics_of


def _place(request: HttpRequest) -> Division | None:
    code = request.GET.get("division", "").strip()
    if not code:
        return None
    division = division_by_code(code)
    if division is None:
        raise Http404
    return division


@require_safe
def statistics_page(request: HttpRequest) -> HttpResponse:
    """`?division=CODE` with everything below it; without, the whole site."""
    division = _place(request)
    context = {
        "division": division,
        "place": full_names([division])[division.pk] if division else "",
        "statistics": statistics_of(division),
        "definitions": DEFINITIONS,
    }
    return render(request, "ledger/statistics.html", context)


@require_safe
def statistics_table(request: HttpRequest) -> HttpResponse:
    return statistics_csv(statistics_of(_place(request)))
