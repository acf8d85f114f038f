"""Photos of a progress note: few, each with words, and taken from the public where one shows too much."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from participation.moderation.photos import reencoded
from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import Progress, ProgressPhoto
from ..permissions import user_can_manage
from .moves import SUBJECT_KIND, locked

MAX_PHOTOS = 3
NewPhoto = tuple[UploadedFile, str]


def ready_photos(photos: Sequence[NewPhoto]) -> list[ProgressPhoto]:
    """Looked at and re-encoded, not yet saved; the first that will not do refuses all."""
    if len(photos) > MAX_PHOTOS:
        raise Refused(_("一次最多上传%d张照片。") % MAX_PHOTOS)
    found = []
    for upload, alt in photos:
        if not alt.strip():
            raise Refused(_("请用一句话写明每张照片拍的是什么。"))
        full, small, (width, height) = reencoded(upload)
        name = secrets.token_hex(16)
        row = ProgressPhoto(width=width, height=height, alt=alt.strip()[:120])
        row.file, row.thumbnail = ContentFile(full, f"{name}.jpg"), ContentFile(small, f"{name}-s.jpg")
        found.append(row)
    return found


def keep_photos(progress: Progress, photos: Sequence[ProgressPhoto]) -> None:
    for row in photos:
        row.progress = progress
        row.save()


@transaction.atomic
def withhold_progress_photo(*, photo: ProgressPhoto, by: Any, is_withheld: bool) -> ProgressPhoto:
    """The committee keeps one photo (a face, a number plate) from the public, or shows it again."""
    row = locked(photo.progress.item)
    if not user_can_manage(by, row):
        raise PermissionDenied
    photo.is_withheld = is_withheld
    photo.save(update_fields=["is_withheld"])
    verb = "withhold_photo" if is_withheld else "show_photo"
    record(subject_kind=SUBJECT_KIND, subject_key=row.reference, verb=verb, actor=by, capacity="committee",
           detail={"photo": photo.pk})  # fmt: skip
    return photo
