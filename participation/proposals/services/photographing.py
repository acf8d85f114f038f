"""Photos of a draft and of a proposal; re-encoded by the floor below."""

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from participation.moderation.photos import reencoded
from participation.moderation.rules import Refused
from participation.moderation.selectors import require_not_hidden
from portal.trail.services import record

from ..models import Draft, Photo, Proposal
from ..permissions import user_can_review_proposal
from .moves import SUBJECT_KIND, locked

MAX_PHOTOS = 6
PHOTO_KIND = "proposal_photo"


def add_photo(*, draft: Draft, upload: UploadedFile, alt: str = "") -> Photo:
    """One more photo of a draft; at most six."""
    if draft.photos.count() >= MAX_PHOTOS:
        raise Refused(_("最多上传%d张照片。") % MAX_PHOTOS)
    full, small, (width, height) = reencoded(upload)
    name = secrets.token_hex(16)
    photo = Photo(draft=draft, width=width, height=height, alt=alt.strip()[:120])
    photo.file.save(f"{name}.jpg", ContentFile(full), save=False)
    photo.thumbnail.save(f"{name}-s.jpg", ContentFile(small), save=False)
    photo.save()
    return photo


def remove_photo(*, photo: Photo, draft: Draft) -> None:
    """Only while it is still a draft's."""
    if photo.draft_id != draft.pk:
        raise PermissionDenied
    photo.file.delete(save=False)
    photo.thumbnail.delete(save=False)
    photo.delete()


@transaction.atomic
def set_photo_hidden(*, key: str, is_hidden: bool, text: str = "") -> None:
    """After a report, by the reviewers' verbs; the proposal's row is locked first."""
    photo = Photo.objects.select_related("proposal").get(pk=key)
    if photo.proposal is not None:
        locked(photo.proposal)
    Photo.objects.filter(pk=photo.pk).update(is_withheld=is_hidden)


@transaction.atomic
def withhold_photo(*, photo: Photo, by: Any, is_withheld: bool = True) -> Photo:
    """A reviewer keeps one photo (faces, plates) from the public; the author and staff still see it."""
    proposal: Proposal | None = photo.proposal
    if proposal is None or not user_can_review_proposal(by, locked(proposal)):
        raise PermissionDenied
    if not is_withheld:
        require_not_hidden(PHOTO_KIND, photo.pk)
    photo.is_withheld = is_withheld
    photo.save(update_fields=["is_withheld"])
    record(
        subject_kind=SUBJECT_KIND,
        subject_key=proposal.number,
        verb="withhold_photo" if is_withheld else "show_photo",
        actor=by,
        capacity="reviewer",
        detail={"photo": photo.pk},
    )
    return photo
