"""Letters from draft to receipt. The number is drawn on issue, in that transaction: no gap, no duplicate."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import require_reason
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import terms_in_force
from portal.numbering.services import draw

from .. import notifications
from ..models import LETTER_KINDS, Assignment, LedgerItem, Letter, LetterItem
from ..permissions import DIRECT, MANAGE
from ..rules.letters import (
    CARRIES_ASSIGNMENT,
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
from .letter_moves import (
    letter_not_for,
    locked_letter,
    move_letter,
    opened_letter,
    require_letter_move,
    require_writer,
    supersede_letters,
)
from .reminding import remind_item

MAX_ITEMS = 200
EXTERNAL = "external"
LIVE = [Assignment.State.SENT, Assignment.State.SIGNED_FOR]
ENDED = [LetterState.CANCELLED, LetterState.VOIDED]
REMINDS = {LetterKind.SUPERVISION: True, LetterKind.URGING: False}


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
    require_writer(by, division)
    words = [text.strip() for text in (issuer, prefix, title, body)]
    if not all(words):
        raise Refused(_("请填写发文机关、发文机关代字、标题和正文。"))
    if kind not in dict(LETTER_KINDS):
        raise Refused(_("请选择公文种类。"))
    listed = list({item.pk: item for item in items}.values())
    if not listed or len(listed) > MAX_ITEMS:
        raise Refused(_("一份公文列1到%d件事项。") % MAX_ITEMS)
    carried = carried_assignments(kind, unit, listed)
    for item in listed:
        _check_item(item, kind, division, unit)
        _require_not_carried(carried.get(item.pk), item)
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
        LetterItem(
            letter=letter,
            item=item,
            assignment=carried.get(item.pk),
            position=place,
            due_on=_due_on(item),
            note=_note(notes, item.pk),
        )
        for place, item in enumerate(listed, start=1)
    )
    return letter


def _note(notes: Mapping[int, str] | None, key: int) -> str:
    return (notes or {}).get(key, "").strip()[:300]


def carried_assignments(kind: str, unit: HandlingUnit, items: Iterable[LedgerItem]) -> dict[int, Assignment]:
    """Item's pk → the assignment that a letter of this kind takes to the unit; nothing for kinds that only remind."""
    if kind not in CARRIES_ASSIGNMENT:
        return {}
    rows = Assignment.objects.filter(item__in=list(items), unit=unit, is_lead=True, state__in=LIVE)
    return {row.item_id: row for row in rows}


def _require_not_carried(assignment: Assignment | None, item: LedgerItem, letter: Letter | None = None) -> None:
    """One assignment leaves on one letter: refused where another that was not cancelled or voided carries it."""
    lines = LetterItem.objects.filter(assignment=assignment).exclude(letter__state__in=ENDED)
    other = lines.exclude(letter=letter).select_related("letter").first() if assignment else None
    if other is not None:
        words = {"number": item.reference, "letter": f"{other.letter.name} {other.letter}"}
        raise Refused(_("%(number)s的这次交办已列入“%(letter)s”，不能重复行文。") % words)


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
    row = opened_letter(letter, by)
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
    return move_letter(opened_letter(letter, by), LetterAction.SUBMIT, by)


@transaction.atomic
def approve_letter(*, letter: Letter, by: Any) -> Letter:
    """审核 by somebody other than the drafter."""
    row = opened_letter(letter, by)
    if row.drafted_by_id == by.pk:
        raise Refused(_("拟稿人不能审核自己拟的公文。"))
    return move_letter(row, LetterAction.APPROVE, by, reviewed_by=by)


@transaction.atomic
def return_letter(*, letter: Letter, by: Any, reason: str) -> Letter:
    return move_letter(
        opened_letter(letter, by), LetterAction.RETURN, by, reason=require_reason(reason), reviewed_by=None
    )


@transaction.atomic
def sign_letter(*, letter: Letter, by: Any) -> Letter:
    """签发 by the committee's director, or whoever acts."""
    row = opened_letter(letter, by, DIRECT)
    return move_letter(row, LetterAction.SIGN, by, signed_by=by, signed_on=timezone.localdate())


@transaction.atomic
def issue_letter(*, letter: Letter, by: Any, number: str = "", on: date | None = None, late_reason: str = "") -> Letter:
    """印发. The portal draws the number, or `number` is that of the office register, as the terms say.

    An earlier day (补录) needs a reason, and with the portal's numbers lies in this year.
    """
    row = opened_letter(letter, by)
    today = timezone.localdate()
    day = past_day(on, None)
    if day != today:
        late_reason = require_reason(late_reason, _("补录请说明理由。"))
    require_letter_move(row, LetterAction.ISSUE)
    _require_still_there(row)
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
            move_letter(
                row, LetterAction.ISSUE, by, number=written, issued_on=day, late_reason=late_reason.strip()[:200]
            )
    except IntegrityError:
        raise Refused(_("文号%s已经用过。") % written) from None
    supersede_letters(row, by)
    _remind_items(row, by)
    notifications.letter_issued(row)
    return row


def _require_still_there(letter: Letter) -> None:
    """What the unit has sent back since the draft, or what another letter took along, does not leave on this one."""
    lines = list(letter.lines.filter(assignment__isnull=False).select_related("item", "assignment"))
    carried = Assignment.objects.filter(letter_lines__letter=letter)
    list(carried.select_for_update(of=("self",)).order_by("pk"))  # two letters that carry one wait for each other
    there = set(carried.filter(state__in=LIVE).values_list("pk", flat=True))
    for line in lines:
        if line.assignment_id not in there:
            raise Refused(_("%s已不在该单位办理，请取消本件，重新拟写。") % line.item.reference)
        _require_not_carried(line.assignment, line.item, letter)


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
def end_letter(*, letter: Letter, by: Any, reason: str, action: LetterAction | None = None) -> Letter:
    """Cancelled before it has a number; voided after, by the director, and the number stays in the register with the
    reason. `action` says which of the two is meant: refused when the letter has been issued in the meantime."""
    row = locked_letter(letter)
    action = action or (LetterAction.VOID if row.number else LetterAction.CANCEL)
    if not (by.is_active and by.has_perm(DIRECT if action == LetterAction.VOID else MANAGE, row.division)):
        raise letter_not_for(DIRECT if action == LetterAction.VOID else MANAGE)
    reason = require_reason(reason)
    return move_letter(row, action, by, reason=reason, end_reason=reason[:200])
