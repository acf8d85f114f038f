"""照片: taken in, blacked out, kept from the public."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from participation.moderation.photos import blacked_out, reencoded
from participation.moderation.rules import Refused

from ..models import SnapPhoto, SnapReport
from ..permissions import user_can_review_snap
from ..rules import MAX_BOXES, MAX_PHOTOS, Box, in_pixels, is_box
from ..states import Action
from .moves import locked, move


def ready_photos(uploads: Sequence[UploadedFile], moment: str) -> list[SnapPhoto]:
    """Looked at and re-encoded without EXIF, not yet saved; the first that will not do refuses all."""
    if not uploads:
        raise Refused(_("请先拍一张照片。"))
    if len(uploads) > MAX_PHOTOS:
        raise Refused(_("最多上传%d张照片。") % MAX_PHOTOS)
    found = []
    for upload in uploads:
        full, small, (width, height) = reencoded(upload)
        name = secrets.token_hex(16)
        photo = SnapPhoto(moment=moment, width=width, height=height)
        photo.original = ContentFile(full, f"{name}.jpg")
        photo.original_thumbnail = ContentFile(small, f"{name}-s.jpg")
        found.append(photo)
    return found


def keep_photos(snap: SnapReport, photos: Sequence[SnapPhoto]) -> None:
    for photo in photos:
        photo.snap = snap
        photo.save()


@transaction.atomic
def redact_photo(
    *, photo: SnapPhoto, by: Any, boxes: Sequence[Box], alt: str = "", is_withheld: bool = False
) -> SnapPhoto:
    """Burns black rectangles into a new public rendition; the original stays with staff. No rectangle undoes it.

    The words for those who do not see the picture are the reviewer's as well.
    """
    row = locked(photo.snap)
    if not user_can_review_snap(by, row):
        raise PermissionDenied
    if len(boxes) > MAX_BOXES or not all(is_box(box) for box in boxes):
        raise Refused(_("遮盖的范围有误：四个数都是百分比，不能超出照片。"))
    fresh = SnapPhoto.objects.select_for_update().get(pk=photo.pk)
    former = [(field.storage, field.name) for field in (fresh.file, fresh.thumbnail) if field.name]
    fresh.file, fresh.thumbnail = "", ""
    if boxes:
        with fresh.original.open("rb") as file:
            pixels = [in_pixels(box, fresh.width, fresh.height) for box in boxes]
            full, small = blacked_out(file.read(), pixels)
        name = secrets.token_hex(16)
        fresh.file, fresh.thumbnail = ContentFile(full, f"{name}.jpg"), ContentFile(small, f"{name}-s.jpg")
    fresh.boxes = [list(box) for box in boxes]
    fresh.alt, fresh.is_withheld, fresh.is_reviewed = alt.strip()[:120], is_withheld, True
    fresh.save()
    detail = {"photo": fresh.pk, "boxes": len(boxes), "is_withheld": is_withheld}
    move(row, Action.REDACT, by=by, capacity="reviewer", detail=detail)
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in former])  # type: ignore[func-returns-value]  # run for its effect
    return fresh
