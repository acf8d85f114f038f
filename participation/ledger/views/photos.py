"""Photos of progress notes, read through a view that asks who is asking."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.lookup.selectors import may_see_number

from ..models import ProgressPhoto
from ..permissions import user_can_view_photo


@require_safe
def photo(request: HttpRequest, pk: int, size: str = "full") -> FileResponse:
    """404 where it is not for this visitor: that it exists is private. Who holds the code reads what a party does."""
    row = get_object_or_404(ProgressPhoto.objects.select_related("progress__item__division"), pk=pk)
    holds_code = not row.is_withheld and may_see_number(request, row.progress.item.reference)
    if not (user_can_view_photo(request.user, row) or holds_code):
        raise Http404
    file = row.thumbnail if size == "small" else row.file
    response = FileResponse(file.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response
