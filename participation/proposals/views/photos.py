"""Photos: taken up into a draft, and read through a view that asks who is asking."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.moderation.rules import Refused

from .. import services
from ..models import Draft, Photo
from ..permissions import user_can_view_photo
from ..services.photographing import MAX_PHOTOS


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


def add_photos(draft: Draft, uploads: Iterable[UploadedFile]) -> list[str]:
    """Keep what is good and has room; answers one sentence for each that is not, and one for all beyond the sixth."""
    messages: list[str] = []
    left_out: list[str] = []
    room = MAX_PHOTOS - draft.photos.count()
    for upload in uploads:
        name = str(upload.name)
        if room <= 0:
            left_out.append(name)
            continue
        try:
            services.add_photo(draft=draft, upload=upload)
            room -= 1
        except Refused as refusal:
            messages.append(_("%(name)s：%(reason)s") % {"name": name, "reason": refusal.message})
    if left_out:
        words = {"most": MAX_PHOTOS, "names": "、".join(left_out)}
        messages.append(_("最多%(most)d张照片，前%(most)d张已经保存。没有保存：%(names)s。") % words)
    return messages
