"""预约: a seat of a slot. The row of the session is locked, the database refuses a seat twice."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.accounts.rules import normalised_phone
from portal.trail.services import record

from ..models import Booking, ReceptionSession
from ..permissions import user_can_book, user_can_plan_receptions
from ..rules.booking import free_seat
from ..states import Action, Status, next_status
from .moves import SUBJECT_KIND, locked, required


@transaction.atomic
def book(*, session: ReceptionSession, slot: int, by: Any) -> Booking:
    """预约 by a verified resident; one seat per person and session."""
    if not user_can_book(by):
        raise PermissionDenied(_("请先用手机号验证身份，再预约。"))
    row = _bookable(session, slot)
    if Booking.objects.filter(session=row, user=by, cancelled_at=None).exists():
        raise Refused(_("您已经预约了这场接待。"))
    return _seated(row, slot, by, user=by)


@transaction.atomic
def book_for_caller(*, session: ReceptionSession, slot: int, name: str, phone: str, by: Any) -> Booking:
    """代约: staff write down who called. The number is sealed; the trail is told neither name nor number."""
    if not user_can_plan_receptions(by, session.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    row = _bookable(session, slot)
    name = required(name, _("请填写来电人的称呼。"), 20)
    number = normalised_phone(phone)
    if not number:
        raise Refused(_("请填写11位手机号，或者带区号的固定电话。"))
    taken = Booking.objects.filter(session=row, cancelled_at=None, user=None)
    if any(booking.phone == number for booking in taken):
        raise Refused(_("这个号码已经预约了这场接待。"))
    return _seated(row, slot, by, name=name, phone=number, entered_by=by)


@transaction.atomic
def cancel_booking(*, booking: Booking, by: Any) -> None:
    """取消预约, by the person or by the station; the seat is free again. A second time changes nothing."""
    row = (
        Booking.objects.select_for_update(of=("self",)).select_related("session__station__division").get(pk=booking.pk)
    )
    if row.user_id != by.pk and not user_can_plan_receptions(by, row.session.division):
        raise PermissionDenied
    if row.cancelled_at is not None:
        return
    if row.session.starts_at <= timezone.now():
        raise Refused(_("接待已经开始，不能取消预约。"))
    row.cancelled_at = timezone.now()
    row.save()
    record(
        subject_kind=SUBJECT_KIND, subject_key=row.session.key, verb="cancel_booking", actor=by,
        capacity="resident" if row.user_id == by.pk else "staff",
    )  # fmt: skip


def _bookable(session: ReceptionSession, slot: int) -> ReceptionSession:
    row = locked(session)
    if next_status(Action.BOOK, Status(row.status)) is None or not row.capacity:
        raise Refused(_("这场接待不用预约，或者已经不能预约。"))
    if row.starts_at <= timezone.now():
        raise Refused(_("接待已经开始，请直接到站。"))
    if not 0 <= slot < len(row.slots):
        raise Refused(_("请选择一个时段。"))
    return row


def _seated(row: ReceptionSession, slot: int, by: Any, **who: Any) -> Booking:
    taken = set(Booking.objects.filter(session=row, slot=slot, cancelled_at=None).values_list("seat", flat=True))
    seat = free_seat(taken, row.capacity or 0)
    if seat is None:
        raise Refused(_("这个时段已经约满，请换一个时段，或者直接到站。"))
    booking = Booking.objects.create(session=row, slot=slot, seat=seat, **who)
    record(
        subject_kind=SUBJECT_KIND, subject_key=row.key, verb=Action.BOOK, actor=by,
        capacity="staff" if booking.entered_by_id else "resident", detail={"slot": slot},
    )  # fmt: skip
    return booking
