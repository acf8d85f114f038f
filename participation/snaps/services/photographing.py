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
from participation.moderation.selectors import require_not_hidden

from ..models import SnapPhoto, SnapReport
from ..permissions import user_can_review_snap
from ..rules import MAX_BOXES, MAX_PHOTOS, Box, in_pixels, is_box
from ..selectors import unit_photos_waiting
from ..states import Action
from .moves import locked, move

PHOTO_KIND = "snap_photo"


class PhotoRefused(Refused):
    """About the photos, to be shown by their field."""


def ready_photos(uploads: Sequence[UploadedFile], moment: str) -> list[SnapPhoto]:
    """Looked at and re-encoded without EXIF, not yet saved; the first that will not do refuses all."""
    if not uploads:
        raise PhotoRefused(_("请先拍一张照片。"))
    if len(uploads) > MAX_PHOTOS:
        raise PhotoRefused(_("最多上传%d张照片。") % MAX_PHOTOS)
    found = []
    for position, upload in enumerate(uploads, 1):
        try:
            full, small, (width, height) = reencoded(upload)
        except Refused as refusal:
            which = _("第%(n)d张：%(why)s") % {"n": position, "why": refusal.message}
            raise PhotoRefused(which if len(uploads) > 1 else refusal.message) from refusal
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
def add_unit_photos(*, snap: SnapReport, by: Any) -> list[SnapPhoto]:
    """The unit's 办理后 photos out of its signed reply, looked at as every other before anybody sees them."""
    row = locked(snap)
    if not user_can_review_snap(by, row):
        raise PermissionDenied
    taken = []
    for theirs in unit_photos_waiting(row):
        name = secrets.token_hex(16)
        photo = SnapPhoto(
            snap=row, moment=SnapPhoto.Moment.AFTER, width=theirs.width, height=theirs.height, alt=theirs.alt,
            handling_photo=theirs,
        )  # fmt: skip
        with theirs.file.open("rb") as full, theirs.thumbnail.open("rb") as small:
            photo.original = ContentFile(full.read(), f"{name}.jpg")
            photo.original_thumbnail = ContentFile(small.read(), f"{name}-s.jpg")
        photo.save()
        taken.append(photo)
    if not taken:
        raise Refused(_("没有新的照片可取。"))
    detail = {"photos": [[photo.pk, photo.handling_photo_id] for photo in taken]}
    move(row, Action.ADD_UNIT_PHOTOS, by=by, capacity="reviewer", detail=detail)
    return taken


@transaction.atomic
def set_photo_hidden(*, key: str, is_hidden: bool, text: str = "") -> None:
    """After a report, by the reviewers' verbs; the snap's row is locked first."""
    photo = SnapPhoto.objects.select_related("snap").get(pk=key)
    locked(photo.snap)
    SnapPhoto.objects.filter(pk=photo.pk).update(is_withheld=is_hidden)


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
    fresh = SnapPhoto.objects.select_for_update(of=("self",)).select_related("handling_photo").get(pk=photo.pk)
    fresh.snap = row
    if not is_withheld:
        require_not_hidden(PHOTO_KIND, fresh.pk)
    was_public = fresh.is_public
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
    # the history of what was blacked out; whether anybody could have seen it before
    detail = {
        "photo": fresh.pk,
        "boxes": [" ".join(f"{side:g}" for side in box) for box in boxes],
        "is_withheld": is_withheld,
        "was_public": was_public,
    }
    move(row, Action.REDACT, by=by, capacity="reviewer", detail=detail)
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in former])  # type: ignore[func-returns-value]  # run for its effect
    return fresh
