"""Letters from draft to receipt. The number is drawn on issue, in that transaction: no gap, no duplicate."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import terms_in_force
from portal.numbering.services import draw
from portal.trail.services import record

from .. import notifications
from ..models import LETTER_ACTIONS, LETTER_KINDS, LedgerItem, Letter, LetterItem
from ..permissions import DIRECT, MANAGE, works_for
from ..rules.letters import (
    LETTER_MOVES,
    LetterAction,
    LetterKind,
    LetterState,
    clean_letter_number,
    format_letter_number,
    kind_carries,
    letter_series,
)
from ..selectors.clocks import clock_of
from ..states import WITH_UNIT, Action, State, next_state
from .assigning import past_day
from .moves import require_reason
from .reminding import remind_item
from .scanning import checked_scan

SUBJECT_KIND = "letter"
MAX_ITEMS = 200
EXTERNAL = "external"
REMINDS = {LetterKind.SUPERVISION: True, LetterKind.URGING: False}


def user_can_write_letters(user: Any, division: Division) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(MANAGE, division))


@transaction.atomic
def draft_letter(
    *,
    by: Any,
    kind: str,
    division: Division,
    unit: HandlingUnit,
    items: Iterable[LedgerItem],
    issuer: str,
    prefix: str,
    title: str,
    body: str,
    copy_to: str = "",
    notes: Mapping[int, str] | None = None,
) -> Letter:
    """One letter to one unit with its items. What it is called follows the kind and, for opinions, the terms.

    `notes` (item's pk: 办理要求) fill the column of the annex table.
    """
    _require_writer(by, division)
    words = [text.strip() for text in (issuer, prefix, title, body)]
    if not all(words):
        raise Refused(_("请填写发文机关、发文机关代字、标题和正文。"))
    if kind not in dict(LETTER_KINDS):
        raise Refused(_("请选择公文种类。"))
    listed = list({item.pk: item for item in items}.values())
    if not listed or len(listed) > MAX_ITEMS:
        raise Refused(_("一份公文列1到%d件事项。") % MAX_ITEMS)
    for item in listed:
        _check_item(item, kind, division, unit)
    letter = Letter.objects.create(
        kind=kind,
        name=letter_name(kind, division),
        division=division,
        unit=unit,
        issuer=words[0][:60],
        prefix="".join(words[1].split())[:40],
        title=words[2][:120],
        body=words[3],
        copy_to=copy_to.strip()[:200],
        drafted_by=by,
    )
    LetterItem.objects.bulk_create(
        LetterItem(letter=letter, item=item, position=place, due_on=_due_on(item), note=_note(notes, item.pk))
        for place, item in enumerate(listed, start=1)
    )
    return letter


def _note(notes: Mapping[int, str] | None, key: int) -> str:
    return (notes or {}).get(key, "").strip()[:300]


def letter_name(kind: str, division: Division) -> str:
    if kind == LetterKind.OPINION:
        return str(terms_in_force(division, timezone.localdate()).opinion_instrument_name)
    return str(dict(LETTER_KINDS)[kind])


def _due_on(item: LedgerItem) -> date | None:
    due = clock_of(item).due
    return due.date if due else None


def _check_item(item: LedgerItem, kind: str, division: Division, unit: HandlingUnit) -> None:
    if item.division_id != division.pk:
        raise Refused(_("%s不属于该街道（乡镇）。") % item.reference)
    if not kind_carries(kind, item.source):
        raise Refused(
            _("“以《人大街道工委意见函》的形式”：议事会意见用%(name)s，其他事项用交办单、转办单（%(number)s）。")
            % {"name": letter_name(LetterKind.OPINION, division), "number": item.reference}
        )
    fits = item.state == State.CLOSED_OFF if kind == LetterKind.CLOSE_OFF else item.state in WITH_UNIT
    if not fits or item.unit_id != unit.pk:
        raise Refused(_("%s不在该单位办理，或尚未销号。") % item.reference)


@transaction.atomic
def revise_letter(
    *, letter: Letter, by: Any, title: str, body: str, copy_to: str = "", notes: Mapping[int, str] | None = None
) -> Letter:
    """While it is a draft."""
    row = _opened(letter, by)
    if row.state != LetterState.DRAFTING:
        raise Refused(_("送审后不能修改，请先退回。"))
    if not title.strip() or not body.strip():
        raise Refused(_("请填写标题和正文。"))
    row.title, row.body, row.copy_to = title.strip()[:120], body.strip(), copy_to.strip()[:200]
    row.save(update_fields=["title", "body", "copy_to"])
    for line in row.lines.all() if notes is not None else ():
        line.note = _note(notes, line.item_id)
        line.save(update_fields=["note"])
    return row


@transaction.atomic
def submit_letter(*, letter: Letter, by: Any) -> Letter:
    return _move(_opened(letter, by), LetterAction.SUBMIT, by)


@transaction.atomic
def approve_letter(*, letter: Letter, by: Any) -> Letter:
    """审核 by somebody other than the drafter."""
    row = _opened(letter, by)
    if row.drafted_by_id == by.pk:
        raise Refused(_("拟稿人不能审核自己拟的公文。"))
    return _move(row, LetterAction.APPROVE, by, reviewed_by=by)


@transaction.atomic
def return_letter(*, letter: Letter, by: Any, reason: str) -> Letter:
    return _move(_opened(letter, by), LetterAction.RETURN, by, reason=require_reason(reason), reviewed_by=None)


@transaction.atomic
def sign_letter(*, letter: Letter, by: Any) -> Letter:
    """签发 by the committee's director, or whoever acts."""
    row = _opened(letter, by, DIRECT)
    return _move(row, LetterAction.SIGN, by, signed_by=by, signed_on=timezone.localdate())


@transaction.atomic
def issue_letter(*, letter: Letter, by: Any, number: str = "", on: date | None = None, late_reason: str = "") -> Letter:
    """印发. The portal draws the number, or `number` is that of the office register, as the terms say.

    An earlier day (补录) needs a reason, and with the portal's numbers lies in this year.
    """
    row = _opened(letter, by)
    today = timezone.localdate()
    day = past_day(on, None)
    if day != today:
        late_reason = require_reason(late_reason, _("补录请说明理由。"))
    _require_move(row, LetterAction.ISSUE)
    if terms_in_force(row.division, day).number_source == EXTERNAL:
        written = clean_letter_number(number)
        if not written:
            raise Refused(_("请按“×××〔2026〕1号”填写办公室登记的文号。"))
    else:
        if number.strip():
            raise Refused(_("文号由本平台编排，不用填写。"))
        if day.year != today.year:
            raise Refused(_("由本平台编号的公文只能补录本年的。"))
        written = _next_number(row.prefix, day.year)
    try:
        with transaction.atomic():
            _move(row, LetterAction.ISSUE, by, number=written, issued_on=day, late_reason=late_reason.strip()[:200])
    except IntegrityError:
        raise Refused(_("文号%s已经用过。") % written) from None
    _remind_items(row, by)
    notifications.letter_issued(row)
    return row


def _next_number(prefix: str, year: int) -> str:
    """The next of the series that the register does not hold already: an outside 文号 may have been entered before.

    The counter row stays locked until the transaction ends, so nobody takes the number in between.
    """
    while True:
        written = format_letter_number(prefix, year, draw(series=letter_series(prefix, year)))
        if not Letter.objects.filter(number=written).exists():
            return written


def _remind_items(letter: Letter, by: Any) -> None:
    """督办单、催办单 are the reminder itself, on every item that can still be reminded of."""
    if letter.kind not in REMINDS:
        return
    for line in letter.lines.select_related("item"):
        if next_state(Action.REMIND, State(line.item.state)) is not None:
            remind_item(item=line.item, by=by, reason=str(letter), is_supervision=REMINDS[LetterKind(letter.kind)])


@transaction.atomic
def receive_letter(
    *, letter: Letter, by: Any, receiver_name: str, on: date | None = None, is_proxy: bool = False
) -> Letter:
    """签收 by the unit, or entered by the committee from the signed slip."""
    row = _locked(letter)
    allowed = user_can_write_letters(by, row.division) if is_proxy else works_for(by, row.unit_id)
    if not allowed:
        raise PermissionDenied
    if not receiver_name.strip():
        raise Refused(_("请填写签收人。"))
    day = past_day(on, row.issued_on)
    return _move(
        row,
        LetterAction.RECEIVE,
        by,
        capacity="proxy" if is_proxy else "unit",
        received_on=day,
        receiver_name=receiver_name.strip()[:60],
        is_proxy=is_proxy,
    )


@transaction.atomic
def end_letter(*, letter: Letter, by: Any, reason: str, action: LetterAction | None = None) -> Letter:
    """Cancelled before it has a number; voided after, by the director, and the number stays in the register with the
    reason. `action` says which of the two is meant: refused when the letter has been issued in the meantime."""
    row = _locked(letter)
    action = action or (LetterAction.VOID if row.number else LetterAction.CANCEL)
    if not (by.is_active and by.has_perm(DIRECT if action == LetterAction.VOID else MANAGE, row.division)):
        raise PermissionDenied
    reason = require_reason(reason)
    return _move(row, action, by, reason=reason, end_reason=reason[:200])


@transaction.atomic
def attach_letter_scan(*, letter: Letter, by: Any, upload: UploadedFile, sealed_on: date) -> Letter:
    """The sealed paper: the official copy. The portal draws no seal."""
    row = _opened(letter, by)
    if row.state not in (LetterState.ISSUED, LetterState.RECEIVED):
        raise Refused(_("印发后上传盖章扫描件。"))
    content, suffix = checked_scan(upload)
    row.sealed_on = past_day(sealed_on, None)
    row.scan.save(f"{secrets.token_hex(16)}.{suffix}", ContentFile(content), save=False)
    row.save(update_fields=["scan", "sealed_on"])
    detail = {"sealed_on": row.sealed_on.isoformat()}
    record(subject_kind=SUBJECT_KIND, subject_key=str(row.pk), verb="attach_letter_scan", actor=by,
           capacity="committee", detail=detail)  # fmt: skip
    return row


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update(of=("self",)).select_related("division", "unit").get(pk=letter.pk)


def _require_writer(by: Any, division: Division) -> None:
    if not user_can_write_letters(by, division):
        raise PermissionDenied


def _opened(letter: Letter, by: Any, permission: str = MANAGE) -> Letter:
    row = _locked(letter)
    if not (by.is_active and by.has_perm(permission, row.division)):
        raise PermissionDenied
    return row


def _require_move(row: Letter, action: LetterAction) -> LetterState:
    after = LETTER_MOVES[action].get(LetterState(row.state))
    if after is None:
        raise Refused(
            _("该公文当前为“%(state)s”，不能%(action)s。")
            % {"state": row.get_state_display(), "action": LETTER_ACTIONS[action]}
        )
    return after


def _move(
    row: Letter, action: LetterAction, by: Any, *, capacity: str = "committee", reason: str = "", **fields: Any
) -> Letter:
    before, after = row.state, _require_move(row, action)
    for name, value in fields.items():
        setattr(row, name, value)
    row.state = after
    row.save()
    record(
        subject_kind=SUBJECT_KIND,
        subject_key=str(row.pk),
        verb=action,
        actor=by,
        capacity=capacity,
        from_state=before,
        to_state=after,
        reason=reason,
        detail={"number": row.number} if row.number else {},
    )
    return row
