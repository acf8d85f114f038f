"""评议公开: published figures by place, kind, unit and period, and one publication."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portal.frame.counting import bounded_count
from portal.frame.paging import keyset_page
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, chosen_division, full_name, full_names, site_places

from ..exports import evaluations_csv, evaluations_json, publication_csv
from ..forms import EvaluationFilterForm
from ..models import Publication
from ..registry import kinds
from ..selectors import Chosen, cell_of, publication_shown, published_figures, result_in_words, with_titles

PAGE_SIZE = 20


@require_safe
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """What the address asks for, nothing else: division, kind, unit, period, cursor."""
    form = _form(request)
    page = keyset_page(_rows(form).for_list(), "-published_on", request.GET.get("cursor"), PAGE_SIZE)
    names = full_names({row.division for row in page if row.division})
    context = {
        "form": form,
        "figures": None if form.errors else published_figures(form.chosen),
        "page": page,
        "rows": [
            (row, row.shown_title, cell_of(row), result_in_words(row), names.get(row.division_id, ""))
            for row in with_titles(page)
        ],
        "total": "0" if form.errors else bounded_count(_rows(form)),
        "definitions": [kind for kind in kinds() if form.chosen.kind in ("", kind.key)],
        "is_filtered": form.is_narrowing,
    }
    return render(request, "evaluations/evaluation_list.html", context)


def _form(request: HttpRequest) -> EvaluationFilterForm:
    places = site_places()
    return EvaluationFilterForm(request.GET, places=places, preferred=_preferred(request, places))


def _preferred(request: HttpRequest, places: Places) -> list[Division]:
    """The browser's remembered subdistrict, then the account's own."""
    known = [chosen_division(request.COOKIES), getattr(request.user, "division", None)]
    rows = [places.subdistrict_of(each) for each in known if each is not None]
    return list({row.pk: row for row in rows if row is not None}.values())


def _rows(form: EvaluationFilterForm) -> Any:
    return Publication.objects.none() if form.errors else form.chosen.rows()


def chosen_or_404(request: HttpRequest) -> Chosen:
    """For files and feeds, which have no form to say what is wrong."""
    form = EvaluationFilterForm(request.GET)
    if form.errors:
        raise Http404
    return form.chosen


@require_safe
def evaluation_table(request: HttpRequest) -> HttpResponse:
    return evaluations_csv(chosen_or_404(request))


@require_safe
def evaluation_data(request: HttpRequest) -> HttpResponse:
    """The same as JSON, page by page: `next` is the address of the next page."""
    chosen = chosen_or_404(request)
    page = keyset_page(chosen.rows().for_list(), "-published_on", request.GET.get("cursor"), PAGE_SIZE)
    asked = [(name, request.GET[name]) for name in ("division", "kind", "unit", "period") if request.GET.get(name)]
    following = f"{request.path}?{urlencode([*asked, ('cursor', page.next)])}" if page.next else ""
    return evaluations_json(chosen, page, following)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    found = publication_shown(pk)
    if found is None:
        raise Http404
    place = full_name(found.row.division) if found.row.division else ""
    return render(request, "evaluations/evaluation_detail.html", {"found": found, "row": found.row, "place": place})


@require_safe
def detail_table(request: HttpRequest, pk: int) -> HttpResponse:
    found = publication_shown(pk)
    if found is None:
        raise Http404
    return publication_csv(found)
