"""Photos: read through a view that asks who is asking."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..models import Photo
from ..permissions import user_can_view_photo


@require_safe
def photo(request: HttpRequest, pk: int, size: str = "full") -> FileResponse:
    """A photo of a public proposal for anyone, otherwise for the author and staff; 404 where it is not for them."""
    row = get_object_or_404(Photo.objects.select_related("proposal__division"), pk=pk)
    if not user_can_view_photo(request.user, row):
        raise Http404
    file = row.thumbnail if size == "small" else row.file
    response = FileResponse(file.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response
