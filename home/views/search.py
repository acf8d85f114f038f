"""站内搜索: over everything anyone may read, by kind, with suggestions while typing."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from participation.proposals.rules.naming import is_number
from participation.proposals.selectors import proposal_by_number
from participation.snaps.rules import is_number as is_snap_number
from participation.snaps.selectors import snap_by_number
from portal.frame.paging import Page
from portal.gate.services import allow_named, client_address
from portal.jurisdictions.selectors import chosen_division, division_by_code, full_names
from portal.search.text import query_terms

from ..forms import SearchForm
from ..selectors import KINDS, found_in, suggested

SHOWN = 4  # of each kind before one of them is chosen


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=&kind=&division=`: all kinds side by side, or one of them in full. A whole number opens that matter."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    division = division_by_code(request.GET.get("division", ""))
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    context = {"form": form, "query": "", "division": division, "kind": kind, "sections": []}
    if form.is_bound and form.is_valid() and (query := form.cleaned_data["q"]):
        number = query.upper().replace(" ", "")
        if is_number(number) and (row := proposal_by_number(number)) and row.is_public:
            return redirect(row)
        if is_snap_number(number) and (snap := snap_by_number(number)) and snap.is_public:
            return redirect(snap)
        found = [found_in(name, query, division) for name in KINDS]
        wanted = [each for each in found if kind in ("", each.kind)]
        cursor = request.GET.get("cursor") if kind else None
        sections = [(each, each.page(cursor, size=20 if kind else SHOWN)) for each in wanted]
        places = [row.community or row.division for each, page in sections if each.kind == "proposal" for row in page]
        own = chosen_division(request.COOKIES) if division is None else None
        context |= {
            "query": query,
            "tabs": [
                {
                    "label": each.label,
                    "total": each.total,
                    "url": _address(query, each.kind, division),
                    "kind": each.kind,
                }
                for each in found
            ],
            "all_url": _address(query, "", division),
            "sections": [
                {"found": each, "page": page, "more_url": _address(query, each.kind, division)}
                for each, page in sections
                if each.count
            ],
            "page": sections[0][1] if kind else Page(),
            "names": full_names(places),
            "everywhere_url": _address(query, kind, None),
            "own": own,
            "own_url": _address(query, kind, own) if own else "",
        }
    return render(request, "home/search.html", context)


def _address(query: str, kind: str, division: object) -> str:
    chosen = {"q": query, "kind": kind, "division": getattr(division, "key", "")}
    return f"?{urlencode({name: value for name, value in chosen.items() if value})}"


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """`?q=&division=`: at most eight titles with the words, as JSON, while somebody types. The page works without."""
    words = request.GET.get("q", "")[:60].strip()
    if not query_terms(words):
        return JsonResponse({"items": []})
    if not allow_named("suggest_address", client_address(request)):
        return JsonResponse({"items": []}, status=429, headers={"Retry-After": "60"})
    division = division_by_code(request.GET.get("division", ""))
    items = [{"text": item.title, "kind": str(item.label), "url": item.url} for item in suggested(words, division)]
    return JsonResponse({"items": items, "all": f"{reverse('home:search')}{_address(words, '', division)}"})
