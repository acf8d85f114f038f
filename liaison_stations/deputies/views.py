"""The public directory of deputies, and the page of one (代表法 第五十八条)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.frame.counting import bounded_count
from portal.frame.paging import keyset_page
from portal.frame.structured import json_ld_element
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, chosen_division, full_name, full_names, site_places
from portal.search.services import matches

from .forms import DirectoryFilterForm
from .models import Deputy
from .registry import sections
from .rules import congress_title, person_data
from .selectors import Performed, performance_of, public_deputies

PAGE_SIZE = 30


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """What the address asks for, nothing else: q, division, level, district, leading, state, cursor."""
    places = site_places()
    form = DirectoryFilterForm(request.GET, places=places, preferred=_preferred(request, places))
    rows = form.narrowed(Deputy.objects.all(), timezone.localdate())
    if form.query and not form.errors:
        found = matches(rows, form.query)
        rows, count = found.queryset, found.count()
        total = "1000+" if count > 1000 else str(count)
    else:
        total = "0" if form.errors else bounded_count(rows)
    page = keyset_page(rows.for_list(), "rank", request.GET.get("cursor"), PAGE_SIZE)
    names = full_names({row.division for row in page})
    context = {
        "form": form,
        "page": page,
        "rows": [(row, names[row.division_id]) for row in page],
        "total": total,
        "is_filtered": form.is_narrowing,
    }
    return render(request, "deputies/deputy_list.html", context)


def _preferred(request: HttpRequest, places: Places) -> list[Division]:
    """The browser's remembered subdistrict, then the account's own."""
    known = [chosen_division(request.COOKIES), getattr(request.user, "division", None)]
    rows = [places.subdistrict_of(each) for each in known if each is not None]
    return list({row.pk: row for row in rows if row is not None}.values())


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A former deputy's page says so and is not offered to search engines; a mistaken entry has none."""
    rows = public_deputies().select_related("division", "congress", "district")
    deputy: Deputy = get_object_or_404(rows, pk=pk)
    performed = performance_of(deputy)
    context = {
        "deputy": deputy,
        "place": full_name(deputy.division),
        "congress": congress_title(deputy.congress.name if deputy.congress else ""),
        "performed": performed,
        "figures": [_figure(line, is_over=not deputy.is_in_office) for line in performed],
        "sections": list(_filled_sections(request, deputy)),
        "data": _data_of(request, deputy) if deputy.is_in_office else "",
    }
    return render(request, "deputies/deputy_detail.html", context)


def _figure(line: Performed, *, is_over: bool) -> dict[str, Any]:
    label = (_("最后一年%(what)s") if is_over else _("今年%(what)s")) % {"what": line.label}
    note = _("任期内共%(count)d%(unit)s") % {"count": line.whole, "unit": line.unit}
    return {"label": label, "value": line.this_year, "unit": line.unit, "note": note}


def _filled_sections(request: HttpRequest, deputy: Deputy) -> Any:
    for section in sections():
        values = section.context(request, deputy)
        if values is not None:
            yield render_to_string(section.template, {**values, "deputy": deputy}, request=request)


def _data_of(request: HttpRequest, deputy: Deputy) -> SafeString:
    return json_ld_element(
        person_data(
            name=deputy.name,
            title=deputy.title,
            congress=congress_title(deputy.congress.name if deputy.congress else ""),
            url=request.build_absolute_uri(deputy.get_absolute_url()),
        )
    )
