"""HTTP around proposals. The public pages stand beside this module; here is what belongs to a single row."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from .models import Photo, Proposal
from .permissions import user_can_resubmit_proposal, user_can_view_photo, user_can_view_proposal


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


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    row = get_object_or_404(Proposal.objects.select_related("division"), number=number)
    if not user_can_view_proposal(request.user, row):
        raise Http404
    return HttpResponse(row.display_title, content_type="text/plain; charset=utf-8")


@require_safe
def amend(request: HttpRequest, number: str) -> HttpResponse:
    row = get_object_or_404(Proposal.objects.select_related("division"), number=number)
    if not user_can_resubmit_proposal(request.user, row):
        raise Http404
    return HttpResponse(row.number, content_type="text/plain; charset=utf-8")
