"""/corrections/new/: the small form behind 纠错 at the foot of every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.idempotency.services import fingerprint

from .forms import CorrectionForm, own_path
from .registry import place_of
from .services import report_correction


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    path = own_path(request.POST.get("page") or request.GET.get("page", ""), request.get_host())
    if request.method == "POST":
        form = CorrectionForm(request.POST, request=request)
        if form.is_valid():
            cleaned = form.cleaned_data
            row = report_correction(
                address=cleaned["page"],
                words=cleaned["words"],
                contact=cleaned.get("contact", ""),
                reporter=request.user if request.user.is_authenticated else None,
                form_key=cleaned["form_key"],
                fingerprint=fingerprint({"words": cleaned["words"], "page": cleaned["page"]}),
            )
            told = "1" if row.contact or row.reporter_id else "0"
            return redirect(f"/corrections/thanks/?told={told}")
    else:
        form = CorrectionForm(request=request, initial={"page": path})
    place = place_of(path)
    return render(request, "corrections/correction_form.html", {"form": form, "path": path, "place": place})


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "corrections/correction_thanks.html", {"is_told": request.GET.get("told") == "1"})
