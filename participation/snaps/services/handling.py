"""Where a reviewed report goes, what comes back, and who looks on site."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ledger.models import Source
from participation.ledger.services import NewItem, NewParty, open_item
from participation.moderation.rules import Refused
from participation.moderation.services import require_reason
from portal.trail.services import record
from portal.wording.services import mask

from ..models import SnapPhoto, SnapReport
from ..notifications import SUBJECT_KIND
from ..permissions import user_can_handle_snap, user_can_verify_snap
from ..rules import FEEDBACK_LENGTH, HOTLINE_NUMBER_LENGTH, title_of
from ..selectors import unit_photos_waiting
from ..states import Action, State
from .moves import locked, move, require
from .photographing import keep_photos, ready_photos


def _for_committee(snap: SnapReport, by: Any, action: Action) -> SnapReport:
    row = locked(snap)
    if not user_can_handle_snap(by, row):
        raise PermissionDenied
    require(row, action)
    if action in (Action.FORWARD, Action.ASSIGN):
        if row.hidden_at is not None:
            raise Refused(_("公开内容已隐去，请先恢复公开。"))
        if row.ledger_item is not None and not row.is_item_voided:
            raise Refused(_("已在台账办理，不能再转12345。"))
    return row


@transaction.atomic
def forward_to_hotline(*, snap: SnapReport, by: Any, hotline_number: str) -> SnapReport:
    """转12345: entered there by hand; here stands the number that 12345 gave."""
    row = _for_committee(snap, by, Action.FORWARD)
    number = _outside_number(hotline_number)
    fields: dict[str, Any] = {"hotline_number": number, "ledger_item": None}
    move(row, Action.FORWARD, by=by, capacity="committee", detail={"number": number}, **fields)
    return row


def _outside_number(typed: str) -> str:
    number = "".join(typed.split())
    if not number or len(number) > HOTLINE_NUMBER_LENGTH:
        raise Refused(_("请填写12345给的工单号。"))
    return number


@transaction.atomic
def correct_hotline_number(*, snap: SnapReport, by: Any, hotline_number: str, reason: str) -> SnapReport:
    """A wrong 12345 number mended in public: the trail keeps both, the reason is read with it."""
    row = _for_committee(snap, by, Action.CORRECT_NUMBER)
    if not row.hotline_number:
        raise Refused(_("这件没有转12345，没有工单号可以更正。"))
    number, reason = _outside_number(hotline_number), require_reason(reason, _("请写明为什么更正。"))
    if number == row.hotline_number:
        raise Refused(_("和原来的工单号一样，不用更正。"))
    detail = {"from": row.hotline_number, "to": number}
    move(row, Action.CORRECT_NUMBER, by=by, capacity="committee", reason=reason, detail=detail, hotline_number=number)
    return row


@transaction.atomic
def assign_snap(*, snap: SnapReport, by: Any) -> SnapReport:
    """Opens a ledger item; from then on its state is the progress. The sender hears of the answer as its party."""
    row = _for_committee(snap, by, Action.ASSIGN)
    title = f"{row.place}：{title_of(row.text)}" if row.place else title_of(row.text)
    item = open_item(
        new=NewItem(
            source=Source.SNAP.value,
            division=row.division,
            title=title,
            summary=row.text,
            raised_on=timezone.localdate(row.captured_at),
            category=row.category,
            source_kind=SUBJECT_KIND,
            source_key=row.number,
            is_public=row.is_public,
            parties=(NewParty(user=row.sender, capacity=row.capacity),),
        ),
        by=by,
    )
    move(row, Action.ASSIGN, by=by, capacity="committee", detail={"item": item.reference}, ledger_item=item)
    return row


@transaction.atomic
def assign_snaps(*, snaps: Sequence[SnapReport], by: Any) -> int:
    """All of them or none: one that is refused stops the whole request."""
    for snap in sorted(snaps, key=lambda each: each.pk):
        try:
            assign_snap(snap=snap, by=by)
        except Refused as refusal:
            message = _("%(number)s：%(why)s（没有处理任何一件）")
            raise Refused(message % {"number": snap.number, "why": refusal.message}) from refusal
    return len(snaps)


@transaction.atomic
def receive_feedback(*, snap: SnapReport, by: Any, feedback: str, on: date | None = None) -> SnapReport:
    """What 12345 answered, entered by hand or from a sheet; phones and the like are masked, for it is public."""
    row = _for_committee(snap, by, Action.RECEIVE_FEEDBACK)
    feedback = mask(require_reason(feedback, _("请填写反馈内容。"))).text
    if len(feedback) > FEEDBACK_LENGTH:
        raise Refused(_("反馈内容最多%d字。") % FEEDBACK_LENGTH)
    on = on or timezone.localdate()
    if not timezone.localdate(row.captured_at) <= on <= timezone.localdate():
        raise Refused(_("反馈日期应在上报以后，不晚于今天。"))
    move(row, Action.RECEIVE_FEEDBACK, by=by, capacity="committee", reason=feedback, feedback=feedback, feedback_on=on)
    return row


@transaction.atomic
def receive_feedbacks(*, rows: Sequence[tuple[SnapReport, str, date]], by: Any) -> int:
    """A sheet of answers: all of them or none."""
    for snap, feedback, on in sorted(rows, key=lambda row: row[0].pk):
        try:
            receive_feedback(snap=snap, by=by, feedback=feedback, on=on)
        except Refused as refusal:
            message = _("%(number)s：%(why)s（没有登记任何一件）")
            raise Refused(message % {"number": snap.number, "why": refusal.message}) from refusal
    return len(rows)


@transaction.atomic
def verify_snap(
    *, snap: SnapReport, by: Any, is_mended: bool, note: str = "", photos: Sequence[UploadedFile] = ()
) -> SnapReport:
    """现场核实 by the sender or a deputy of the place. Mended needs an after-photo; not mended a sentence.

    The photo waits for the staff, as every photo does, before anybody else sees it.
    """
    row = locked(snap)
    if not user_can_verify_snap(by, row):
        raise PermissionDenied
    action = Action.VERIFY if is_mended else Action.STILL_THERE
    require(row, action)
    if not row.is_answered:
        raise Refused(_("承办单位还没有答复，答复以后再到现场核实。"))
    note = note.strip()[:200] if is_mended else require_reason(note, _("请写明现场还有什么问题。"))[:200]
    if is_mended or photos:
        keep_photos(row, ready_photos(photos, SnapPhoto.Moment.AFTER.value))
    capacity = row.capacity if by.pk == row.sender_id else SnapReport.Capacity.DEPUTY.value
    found: dict[str, Any] = {"verified_on": timezone.localdate(), "verified_by": by} if is_mended else {}
    move(row, action, by=by, capacity=capacity, reason=note, **found)
    return row


@transaction.atomic
def close_snap(*, snap: SnapReport, by: Any, reason: str = "") -> SnapReport:
    """办结归档, by the committee alone. Without a look on site it says why; the after-photos are looked at first.

    Never a back door: a matter that stands in the ledger is closed off there before (two people, two verbs).
    """
    row = _for_committee(snap, by, Action.CLOSE)
    if row.state != State.VERIFIED:
        reason = require_reason(reason, _("没有现场核实的，请写明为什么归档。"))
    if not row.is_item_closed_off:
        raise Refused(_("台账事项还没有销号，销号以后才能归档。"))
    if row.photos.filter(is_reviewed=False).exists():
        raise Refused(_("还有照片没有审核，请先打开照片遮盖或确认。"))
    if unit_photos_waiting(row).exists():
        raise Refused(_("承办单位答复里有办理后照片，请先取来审核。"))
    move(row, Action.CLOSE, by=by, capacity="committee", reason=reason.strip())
    return row


def record_export(*, by: Any, rows: int) -> None:
    """Who took a list out of the house, and how long it was."""
    record(
        subject_kind="snap_list",
        subject_key="export",
        verb="export",
        actor=by,
        capacity="committee",
        detail={"rows": rows},
    )
