"""工作评议 as anybody sees it: the list, one appraisal, its written report."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.frame.counting import bounded_count
from portal.frame.paging import keyset_page
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, chosen_division, full_name, full_names, site_places

from ..forms import AppraisalFilterForm
from ..models import OfficeAppraisal
from ..selectors import place_in_round, published_result, steps_of

PAGE_SIZE = 20


@require_safe
def appraisal_list(request: HttpRequest) -> HttpResponse:
    """What the address asks for, nothing else: division, year, unit, state, cursor."""
    places = site_places()
    form = AppraisalFilterForm(request.GET, places=places, preferred=_preferred(request, places))
    rows = form.narrowed(OfficeAppraisal.objects.public())
    page = keyset_page(rows.for_list(), "-published_at", request.GET.get("cursor"), PAGE_SIZE)
    names = full_names({row.division for row in page})
    context = {
        "form": form,
        "page": page,
        "rows": [(row, names[row.division_id]) for row in page],
        "total": "0" if form.errors else bounded_count(rows),
        "is_filtered": form.is_narrowing,
    }
    return render(request, "oversight/appraisal_list.html", context)


def _preferred(request: HttpRequest, places: Places) -> list[Division]:
    """The browser's remembered subdistrict, then the account's own."""
    known = [chosen_division(request.COOKIES), getattr(request.user, "division", None)]
    rows = [places.subdistrict_of(each) for each in known if each is not None]
    return list({row.pk: row for row in rows if row is not None}.values())


def public_appraisal(pk: int) -> OfficeAppraisal:
    """404 before the written report is public."""
    rows = OfficeAppraisal.objects.public().select_related("division", "unit", "round", "publication")
    appraisal: OfficeAppraisal = get_object_or_404(rows, pk=pk)
    return appraisal


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The result only as it was published; before, and where the terms publish none, there is no figure here."""
    appraisal = public_appraisal(pk)
    rater = place_in_round(appraisal, request.user) if request.user.is_authenticated else None
    context = {
        "appraisal": appraisal,
        "place": full_name(appraisal.division),
        "steps": steps_of(appraisal),
        "found": published_result(appraisal),
        "may_rate": rater is not None and rater.answered_on is None and appraisal.round.is_open,
    }
    return render(request, "oversight/appraisal_detail.html", context)


@require_safe
def report_file(request: HttpRequest, pk: int) -> FileResponse:
    """The written report as a download, never in the portal's own page."""
    appraisal = public_appraisal(pk)
    if not appraisal.report_file:
        raise Http404
    return pdf_response(appraisal.report_file, f"report-{appraisal.pk}.pdf")


def pdf_response(file: object, name: str) -> FileResponse:
    response = FileResponse(
        file.open("rb"),  # type: ignore[attr-defined]  # a stored file
        content_type="application/pdf" if name.endswith(".pdf") else "image/jpeg",
        as_attachment=True,
        filename=name,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response
