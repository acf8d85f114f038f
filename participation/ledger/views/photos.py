"""Photos of progress notes and replies, read through a view that asks who is asking."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.lookup.selectors import may_see_number

from ..models import HandlingPhoto
from ..permissions import user_can_view_photo


@require_safe
def photo(request: HttpRequest, pk: int, size: str = "full") -> FileResponse:
    """404 where it is not for this visitor: that it exists is private. Who holds the code reads what a party does."""
    rows = HandlingPhoto.objects.select_related("progress__item__division", "reply__item__division")
    row = get_object_or_404(rows, pk=pk)
    is_shown = not row.is_withheld and (row.reply is None or row.reply.is_public)
    holds_code = is_shown and may_see_number(request, row.item.reference)
    if not (user_can_view_photo(request.user, row) or holds_code):
        raise Http404
    file = row.thumbnail if size == "small" else row.file
    response = FileResponse(file.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response
