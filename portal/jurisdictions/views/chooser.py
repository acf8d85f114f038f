"""/division/: which subdistrict the home page and forms start from. A cookie, nothing else; works without scripts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.frame.redirects import safe_next

from ..models import Division
from ..selectors import DIVISION_COOKIE, chosen_division, division_by_code, divisions_matching, full_name, full_names

COOKIE_AGE = 365 * 24 * 3600


@csrf_exempt  # like the display modes: no session is needed, and a forged choice harms nobody
@require_http_methods(["GET", "HEAD", "POST"])
def division_choice(request: HttpRequest) -> HttpResponse:
    return _choose(request) if request.method == "POST" else _show(request)


def _choose(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("division", "")
    if key and division_by_code(key) is None:
        raise Http404
    response = HttpResponseRedirect(safe_next(request))
    if key:
        response.set_cookie(
            DIVISION_COOKIE,
            key,
            max_age=COOKIE_AGE,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    else:
        response.delete_cookie(DIVISION_COOKIE, samesite="Lax")
    return response


def _below(parent: Division | None) -> list[Division]:
    """One level down; from the top, past a lone province or city, where there is nothing to choose."""
    divisions = list(Division.objects.filter(parent=parent).order_by("path"))
    while parent is None and len(divisions) == 1 and divisions[0].level in ("province", "city"):
        below = list(Division.objects.filter(parent=divisions[0]).order_by("path"))
        if not below:
            break
        divisions = below
    return divisions


def _show(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:40].strip()
    parent = division_by_code(request.GET.get("parent", ""))
    line: list[Division] = []
    if words:
        divisions = divisions_matching(words)
        labels = full_names(divisions)
    else:
        divisions = _below(parent)
        labels = {division.pk: division.name for division in divisions}
        if parent:
            line = list(Division.objects.ancestors_of(parent, include_self=True))
            divisions.insert(0, parent)
            labels[parent.pk] = parent.name
    parents = set(Division.objects.filter(parent__in=divisions).values_list("parent_id", flat=True))
    rows = [
        {
            "division": division,
            "label": labels[division.pk],
            "has_children": division.pk in parents and division != parent,
        }
        for division in divisions
    ]
    chosen = chosen_division(request.COOKIES)
    context = {
        "rows": rows,
        "line": line,
        "words": words,
        "next": safe_next(request),
        "chosen_name": full_name(chosen) if chosen else "",
    }
    return render(request, "jurisdictions/division_chooser.html", context)
