"""Photos of a progress note or a reply: few, each with words, and taken from the public where one shows too much."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from participation.moderation.photos import reencoded
from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import HandlingPhoto, Progress, Reply
from ..permissions import user_can_manage
from .moves import SUBJECT_KIND, locked

MAX_PHOTOS = 3
MAX_OF_REPLY = 6
NewPhoto = tuple[UploadedFile, str]
NewEvidence = tuple[UploadedFile, str, str]  # with 办理前 or 办理后


def ready_photos(photos: Sequence[NewPhoto]) -> list[HandlingPhoto]:
    """Looked at and re-encoded, not yet saved; the first that will not do refuses all."""
    if len(photos) > MAX_PHOTOS:
        raise Refused(_("一次最多上传%d张照片。") % MAX_PHOTOS)
    return _reencoded((upload, alt, "") for upload, alt in photos)


def ready_evidence(photos: Sequence[NewEvidence], kept: int = 0) -> list[HandlingPhoto]:
    """Of a reply that has `kept` photos already; each says whether it shows 办理前 or 办理后."""
    if len(photos) + kept > MAX_OF_REPLY:
        raise Refused(_("一份答复最多附%d张照片。") % MAX_OF_REPLY)
    if any(moment not in HandlingPhoto.Moment.values for _upload, _alt, moment in photos):
        raise Refused(_("请选择照片是办理前还是办理后。"))
    return _reencoded(photos)


def _reencoded(photos: Iterable[NewEvidence]) -> list[HandlingPhoto]:
    found = []
    for upload, alt, moment in photos:
        if not alt.strip():
            raise Refused(_("请用一句话写明每张照片拍的是什么。"))
        full, small, (width, height) = reencoded(upload)
        name = secrets.token_hex(16)
        row = HandlingPhoto(width=width, height=height, alt=alt.strip()[:120], moment=moment)
        row.file, row.thumbnail = ContentFile(full, f"{name}.jpg"), ContentFile(small, f"{name}-s.jpg")
        found.append(row)
    return found


def keep_photos(owner: Progress | Reply, photos: Sequence[HandlingPhoto]) -> None:
    for row in photos:
        if isinstance(owner, Reply):
            row.reply = owner
        else:
            row.progress = owner
        row.save()


def drop_photos(reply: Reply, keys: Iterable[int]) -> None:
    """From a draft; the files go once the draft is saved without them."""
    for row in HandlingPhoto.objects.filter(reply=reply, pk__in=list(keys)):
        files = [(row.file.storage, row.file.name), (row.thumbnail.storage, row.thumbnail.name)]
        row.delete()
        transaction.on_commit(lambda files=files: [storage.delete(name) for storage, name in files])  # type: ignore[misc]  # a lambda that keeps its own files


@transaction.atomic
def withhold_photo(*, photo: HandlingPhoto, by: Any, is_withheld: bool) -> HandlingPhoto:
    """The committee keeps one photo (a face, a number plate) from the public, or shows it again."""
    row = locked(photo.item)
    if not user_can_manage(by, row):
        raise PermissionDenied
    photo.is_withheld = is_withheld
    photo.save(update_fields=["is_withheld"])
    verb = "withhold_photo" if is_withheld else "show_photo"
    record(subject_kind=SUBJECT_KIND, subject_key=row.reference, verb=verb, actor=by, capacity="committee",
           detail={"photo": photo.pk})  # fmt: skip
    return photo
