"""站内搜索: over everything anyone may read. Pages join when the editors' site is built."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from participation.proposals.models import Proposal
from participation.proposals.rules.naming import is_number
from participation.proposals.selectors import proposal_by_number
from portal.frame.paging import keyset_page
from portal.jurisdictions.selectors import full_names
from portal.search.services import matches

from .forms import SearchForm
from .handbook import CHAPTERS


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=`: newest first. A whole number of a public matter opens that matter."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    context = {"form": form, "query": "", "page": None}
    if form.is_bound and form.is_valid() and (query := form.cleaned_data["q"]):
        number = query.upper().replace(" ", "")
        if is_number(number) and (row := proposal_by_number(number)) and row.is_public:
            return redirect(row)
        found = matches(Proposal.objects.readable().for_list(), query)
        count = found.count()
        page = keyset_page(found.queryset, order="-published_at", cursor=request.GET.get("cursor"))
        context |= {
            "query": query,
            "page": page,
            "total": "1000+" if count > 1000 else str(count),
            "names": full_names([row.community or row.division for row in page]),
        }
    return render(request, "home/search.html", context)


@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """编辑手册 in the help menu of the admin, for everybody who gets in there."""
    return render(request, "home/handbook.html", {"chapters": CHAPTERS})
