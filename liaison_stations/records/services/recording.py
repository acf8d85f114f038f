"""Writing down a day's visitors: all rows or none, numbers without gaps, once however often the button is pressed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.receptions.models import Booking, ReceptionSession
from liaison_stations.receptions.states import Status
from participation.ledger.models import CategoryGroup
from participation.moderation.rules import Refused
from portal.idempotency.services import fingerprint, once
from portal.jurisdictions.models import Division
from portal.numbering.services import draw_block
from portal.trail.services import record as record_step

from ..models import ReceptionRecord
from ..permissions import user_can_keep_records
from ..rules.naming import (
    MOST_PEOPLE,
    MOST_ROWS,
    NAME_LENGTH,
    PLACE_LENGTH,
    format_number,
    record_series,
)
from ..rules.recording import may_be_recorded
from ..states import Action, State
from .checking import checked_community, checked_deputies, checked_said
from .moves import SUBJECT_KIND
from .outcomes import answer_on_the_spot, divert_record, open_as_item, open_as_proposal


@dataclass(frozen=True)
class Outcome:
    """What was settled at the table; `action` empty for later. `text` is the answer, or the public title of an item."""

    action: str = ""
    text: str = ""
    channel: str = ""


@dataclass(frozen=True)
class NewRecord:
    """One line of the day. `deputies` empty: all who received. `booking`: the visitor came by this appointment."""

    said: str
    name: str = ""
    phone: str = ""
    people: int = 1
    category_group: str = CategoryGroup.UNSURE.value
    community: Division | None = None
    place: str = ""
    deputies: tuple[Deputy, ...] = ()
    booking: Booking | None = None
    outcome: Outcome = field(default_factory=Outcome)


@dataclass(frozen=True)
class Recorded:
    """`is_new` is False when the same form was sent before; the numbers are the same."""

    numbers: tuple[str, ...]
    is_new: bool


def session_for_recording(session: ReceptionSession) -> bool:
    return may_be_recorded(
        is_held=session.is_held, is_published=session.status == Status.PUBLISHED.value, on=session.date,
        today=timezone.localdate(),
    )  # fmt: skip


def record_day(
    *, session: ReceptionSession, by: Any, form_key: str, rows: Sequence[NewRecord], deputies: Sequence[Deputy] = ()
) -> Recorded:
    """All of them or none, in order. A refusal names the line: 第n行：…; `deputies` received where a row names none."""
    if not rows:
        raise Refused(_("没有可保存的内容，请至少填写一行。"))
    if len(rows) > MOST_ROWS:
        raise Refused(_("一次最多录入%d行。") % MOST_ROWS)
    if not user_can_keep_records(by, session.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    content = {"session": session.key, "deputies": [each.pk for each in deputies], "rows": [_plain(r) for r in rows]}
    outcome = once(
        key=form_key,
        scope=f"records.day:{by.pk}",
        fingerprint=fingerprint(content),
        action=lambda: _record_all(session, by, rows, deputies),
    )
    return Recorded(tuple(outcome.result.split()), outcome.is_new)


def _record_all(session: ReceptionSession, by: Any, rows: Sequence[NewRecord], deputies: Sequence[Deputy]) -> str:
    """In the transaction of `once`; the session is locked, so that it is not cancelled meanwhile."""
    locked = ReceptionSession.objects.select_for_update(of=("self",)).select_related("station__division")
    place: ReceptionSession = locked.get(pk=session.pk)
    if not session_for_recording(place):
        raise Refused(_("这场接待还没有登记“已接待”，也不在今天，不能录入来访记录。"))
    received = checked_deputies(place, deputies)
    series = record_series(place.division.code or "", timezone.localdate().year)
    made = []
    for position, (new, count) in enumerate(zip(rows, draw_block(series=series, size=len(rows)), strict=True), 1):
        try:
            made.append(_record_one(place, by, new, received, format_number(series, count)))
        except Refused as refusal:
            raise Refused(_("第%(n)d行：%(why)s") % {"n": position, "why": refusal.message}) from refusal
    return " ".join(made)


def _record_one(session: ReceptionSession, by: Any, new: NewRecord, received: Sequence[Deputy], number: str) -> str:
    if new.category_group not in CategoryGroup.values:
        raise Refused(_("请选择大类。"))
    if not 1 <= new.people <= MOST_PEOPLE:
        raise Refused(_("人数应是1到%d。") % MOST_PEOPLE)
    checked_community(session, new.community)
    if new.booking is not None and new.booking.session_id != session.pk:
        raise Refused(_("请选择这场接待的预约。"))
    row = ReceptionRecord.objects.create(
        number=number, session=session, user=new.booking.user if new.booking else None,
        name=(new.name.strip() or (new.booking.name if new.booking else ""))[:NAME_LENGTH],
        phone=new.phone.strip() or (str(new.booking.phone) if new.booking else ""), people=new.people,
        said=checked_said(new.said), category_group=new.category_group, community=new.community,
        place=new.place.strip()[:PLACE_LENGTH], entered_by=by,
    )  # fmt: skip
    row.deputies.set(checked_deputies(session, new.deputies) if new.deputies else received)
    record_step(
        subject_kind=SUBJECT_KIND, subject_key=number, verb=Action.RECORD, actor=by, capacity="staff",
        to_state=State.RECORDED, detail={"session": session.key},
    )  # fmt: skip
    settled = new.outcome
    if settled.action == Action.ANSWER:
        answer_on_the_spot(record=row, by=by, answer=settled.text)
    elif settled.action == Action.OPEN_ITEM:
        open_as_item(record=row, by=by, title=settled.text, summary="")
    elif settled.action == Action.PROPOSE:
        open_as_proposal(record=row, by=by, title=settled.text)
    elif settled.action == Action.DIVERT:
        divert_record(record=row, by=by, channel=settled.channel)
    elif settled.action:
        raise Refused(_("请选择处理方式。"))
    return number


def _plain(row: NewRecord) -> list[Any]:
    return [
        row.said, row.name, row.phone, row.people, row.category_group, row.community.pk if row.community else None,
        row.place, [each.pk for each in row.deputies], row.booking.pk if row.booking else None, row.outcome.action,
        row.outcome.text, row.outcome.channel,
    ]  # fmt: skip
