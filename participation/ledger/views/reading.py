"""The page of one ledger item."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.jurisdictions.selectors import full_names

from ..models import LedgerItem
from ..permissions import user_can_view
from ..selectors import clock_of


@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    rows = LedgerItem.objects.select_related("division", "community", "unit")
    item = get_object_or_404(rows, reference=reference)
    if not user_can_view(request.user, item):
        raise Http404
    place = item.community or item.division
    context = {
        "item": item,
        "place": full_names([place])[place.pk],
        "clock": clock_of(item),
        "replies": [reply for reply in item.replies.all() if reply.is_public],
    }
    response = render(request, "ledger/item_detail.html", context)
    if not item.is_public:
        response["Cache-Control"] = "private, no-store"
    return response
