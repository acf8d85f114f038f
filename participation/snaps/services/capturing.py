"""What senders do: report, correct, say that they saw it too."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import open_review, reopen_review
from portal.follows.services import follow
from portal.idempotency.services import fingerprint, once
from portal.jurisdictions.models import Division
from portal.numbering.services import draw
from portal.trail.services import record

from ..models import Sighting, SnapPhoto, SnapReport
from ..notifications import SUBJECT_KIND
from ..permissions import user_can_resubmit_snap, user_can_see_too, user_can_send_snap, user_is_deputy
from ..rules import MAX_PHOTOS, PLACE_LENGTH, TEXT_LENGTH, cell_of, format_number, number_series, position_of
from ..states import OPEN, Action, State
from .moves import locked, move, require
from .photographing import PhotoRefused, keep_photos, ready_photos


def capture_snap(
    *,
    sender: Any,
    form_key: str,
    division: Division,
    text: str,
    photos: Sequence[UploadedFile],
    place: str = "",
    position: str = "",
) -> str:
    """The number of the report; exactly one per `form_key` (double click, reload). `position` only with consent.

    Raises PermissionDenied where this person may not send, Refused for a photo, text or place that will not do.
    """
    if not user_can_send_snap(sender, division):
        raise PermissionDenied
    text, place, position = _checked(text, place, position)
    content = {
        "division": division.pk,
        "text": text,
        "place": place,
        "position": position,
        "photos": list(photos),
    }

    def action() -> str:
        ready = ready_photos(photos, SnapPhoto.Moment.BEFORE.value)
        return _create(sender, division, text, place, position, ready).number

    scope = f"snaps.capture:{sender.pk}"
    return once(key=form_key, scope=scope, fingerprint=fingerprint(content), action=action).result


def _checked(text: str, place: str, position: str) -> tuple[str, str, str]:
    text, place, position = text.strip().replace("\r\n", "\n"), " ".join(place.split()), position_of(position)
    if not text:
        raise Refused(_("请用一句话写明看到了什么。"))
    if len(text) > TEXT_LENGTH or len(place) > PLACE_LENGTH:
        raise Refused(_("说明或地点太长。"))
    if not place and not position:
        raise Refused(_("请写明地点，或者取得位置并勾选保存。"))
    return text, place, position


def _code_of(division: Division) -> str:
    node: Division | None = division
    while node is not None:
        if node.code and node.code.isdigit():
            return str(node.code)
        node = node.parent
    return ""


def _create(
    sender: Any, division: Division, text: str, place: str, position: str, photos: Sequence[SnapPhoto]
) -> SnapReport:
    now = timezone.now()
    series = number_series(_code_of(division), timezone.localdate().year)
    number = format_number(series, draw(series=series))
    review = open_review(
        kind=SUBJECT_KIND, subject_key=number, division=division, title=place, body=text, author=sender
    )
    capacity = SnapReport.Capacity.DEPUTY if user_is_deputy(sender) else SnapReport.Capacity.RESIDENT
    cell_lat, cell_lon = cell_of(position)
    snap = SnapReport.objects.create(
        number=number,
        last_six=number[-6:],
        review=review,
        state=State.CAPTURED,
        division=division,
        sender=sender,
        capacity=capacity,
        position=position,
        cell_lat=cell_lat,
        cell_lon=cell_lon,
        captured_at=now,
        state_since=now,
    )
    keep_photos(snap, photos)
    record(
        subject_kind=SUBJECT_KIND,
        subject_key=number,
        verb=Action.CAPTURE,
        actor=sender,
        capacity=capacity,
        to_state=State.CAPTURED,
        detail={"division": division.code or "", "photos": len(photos), "has_position": bool(position)},
    )
    return snap


@transaction.atomic
def resubmit_snap(
    *, snap: SnapReport, by: Any, text: str, place: str, photos: Sequence[UploadedFile] = ()
) -> SnapReport:
    """The corrected words of a returned report go back to the queue under the same number, with further photos."""
    row = locked(snap)
    if not user_can_resubmit_snap(by, row):
        raise PermissionDenied
    require(row, Action.RESUBMIT)
    text, place, _position = _checked(text, place, row.position)
    if photos:
        if row.photos.count() + len(photos) > MAX_PHOTOS:
            raise PhotoRefused(_("连同原来的照片，最多%d张。") % MAX_PHOTOS)
        keep_photos(row, ready_photos(photos, SnapPhoto.Moment.BEFORE.value))
    reopen_review(review=row.review, title=place, body=text)
    move(row, Action.RESUBMIT, by=by, capacity=row.capacity)
    return row


@transaction.atomic
def see_too(*, snap: SnapReport, by: Any) -> bool:
    """我也看到 instead of a second report: counted once, and told of what follows. False when it was said before."""
    row = locked(snap)
    if not user_can_see_too(by, row):
        raise PermissionDenied
    if not row.is_public or row.state not in OPEN:
        raise Refused(_("这件事已经不在办理中。仍然存在的话，请重新拍一张上报。"))
    is_new = Sighting.objects.get_or_create(snap=row, user=by)[1]
    if is_new:
        follow(user=by, subject_kind=SUBJECT_KIND, subject_key=row.number)
    return is_new
