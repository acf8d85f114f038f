"""办理: progress, contact with whoever raised it, extensions, pauses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import require_reason
from portal.jurisdictions.selectors import terms_in_force
from portal.workdays.rules import day_in_words
from portal.workdays.selectors import calendar

from .. import notifications
from ..models import Contact, Extension, InternalNote, LedgerItem, LedgerScan, Party, Pause, Progress
from ..permissions import user_can_view_internal
from ..rules.clock import extension_cap
from ..selectors.clocks import clock_of, facts_of, terms_day
from ..states import Action
from .assigning import past_day
from .moves import capacity_of, locked, move, opened_for
from .photographing import NewPhoto, keep_photos, ready_photos

TEXT_LENGTH = 5000


def required_text(text: str, message: str) -> str:
    text = require_reason(text, message)
    if len(text) > TEXT_LENGTH:
        raise Refused(_("不能超过%d字。") % TEXT_LENGTH)
    return text


@transaction.atomic
def note_progress(
    *,
    item: LedgerItem,
    by: Any,
    text: str,
    on: date | None = None,
    photos: Sequence[NewPhoto] = (),
    paper: LedgerScan | None = None,
) -> Progress:
    """办理进展 with up to three photos, public at once; followers and parties hear of it."""
    row = opened_for(item, by, Action.NOTE_PROGRESS, paper=paper)
    text = required_text(text, _("请填写办理进展。"))
    day = past_day(on, row.leg_started_on)
    pictures = ready_photos(photos)
    assert row.unit is not None  # noqa: S101 - an item at work has its unit
    progress = Progress.objects.create(
        item=row, unit=row.unit, leg=row.leg, on=day, text=text, by=by, is_proxy=paper is not None
    )
    keep_photos(progress, pictures)
    happening = move(row, Action.NOTE_PROGRESS, by=by, capacity=capacity_of(paper), detail={"on": day.isoformat()})
    notifications.progressed(row, progress, happening)
    return progress


@transaction.atomic
def note_contact(
    *,
    item: LedgerItem,
    by: Any,
    way: str,
    on: date | None = None,
    party: Party | None = None,
    by_name: str = "",
    note: str = "",
    paper: LedgerScan | None = None,
) -> Contact:
    """与提出人沟通 (X24), by the handling unit: face to face, at home, by phone, or in vain. Not public."""
    row = opened_for(item, by, Action.CONTACT, paper=paper)
    if way not in Contact.Way.values:
        raise Refused(_("请选择沟通方式。"))
    if party is not None and party.item_id != row.pk:
        raise Refused(_("该提出人不属于本事项。"))
    day = past_day(on, row.leg_started_on)
    contact = Contact.objects.create(
        item=row,
        leg=row.leg,
        party=party,
        way=way,
        on=day,
        by=by,
        by_name=by_name.strip()[:60],
        note=note.strip()[:TEXT_LENGTH],
        is_proxy=paper is not None,
    )
    move(row, Action.CONTACT, by=by, capacity=capacity_of(paper), detail={"way": way, "on": day.isoformat()})
    return contact


@transaction.atomic
def add_internal_note(*, item: LedgerItem, by: Any, text: str) -> InternalNote:
    """Never public; no transition, so no trail entry."""
    row = locked(item)
    if not user_can_view_internal(by, row):
        raise PermissionDenied
    return InternalNote.objects.create(item=row, text=required_text(text, _("请填写备注。")), by=by)


@transaction.atomic
def request_extension(
    *, item: LedgerItem, by: Any, until: date, reason: str, paper: LedgerScan | None = None
) -> Extension:
    """Written reason; never beyond the limit (6 months in all, C33); one at a time."""
    row = opened_for(item, by, Action.REQUEST_EXTENSION, paper=paper)
    reason = required_text(reason, _("请填写延期理由。"))
    facts = facts_of(row, terms_in_force(row.division, terms_day(row)))
    cap = extension_cap(facts, calendar())
    if cap is None:
        raise Refused(_("本事项没有可以延长的办理时限。"))
    if until > cap.date:
        raise Refused(_("“最迟不超过6个月”：最晚可延至%s。") % day_in_words(cap.date))
    clock = clock_of(row)
    if clock.target is not None and until <= clock.target.date:
        raise Refused(_("延期后的日期应晚于目前的%s。") % day_in_words(clock.target.date))
    if row.extensions.filter(state=Extension.State.REQUESTED).exists():
        raise Refused(_("已有一项延期申请等待批准。"))
    extension = Extension.objects.create(
        item=row, leg=row.leg, until=until, reason=reason, requested_by=by, requested_on=timezone.localdate()
    )
    happening = move(
        row,
        Action.REQUEST_EXTENSION,
        by=by,
        capacity=capacity_of(paper),
        reason=reason,
        detail={"until": until.isoformat()},
    )
    notifications.extension_requested(row, extension, happening)
    return extension


@transaction.atomic
def decide_extension(*, extension: Extension, by: Any, is_approved: bool, reason: str = "") -> Extension:
    """By the committee's director; a refusal says why. Whoever asked does not decide."""
    action = Action.APPROVE_EXTENSION if is_approved else Action.REFUSE_EXTENSION
    row = opened_for(extension.item, by, action)
    asked = Extension.objects.select_for_update().get(pk=extension.pk)
    if asked.state != Extension.State.REQUESTED:
        raise Refused(_("该延期申请已经处理。"))
    if asked.requested_by_id == by.pk:
        raise Refused(_("申请人不能批准自己的延期申请。"))
    reason = reason.strip() if is_approved else require_reason(reason)
    asked.state = Extension.State.APPROVED if is_approved else Extension.State.REFUSED
    asked.decided_by, asked.decided_on, asked.decision_reason = by, timezone.localdate(), reason
    asked.save()
    happening = move(row, action, by=by, capacity="director", reason=reason, detail={"until": asked.until.isoformat()})
    notifications.extension_decided(row, asked, happening)
    return asked


@transaction.atomic
def pause_item(*, item: LedgerItem, by: Any, reason: str, paper: LedgerScan | None = None) -> LedgerItem:
    """Only where the terms allow it; 长沙's clock cannot be paused (C33)."""
    row = opened_for(item, by, Action.PAUSE, paper=paper)
    if not terms_in_force(row.division, terms_day(row)).pause_allowed:
        raise Refused(_("本地规定的办理时限不能暂停。"))
    reason = require_reason(reason)
    Pause.objects.create(item=row, leg=row.leg, starts_on=timezone.localdate(), reason=reason)
    move(row, Action.PAUSE, by=by, capacity=capacity_of(paper), reason=reason)
    return row


@transaction.atomic
def resume_item(*, item: LedgerItem, by: Any, reason: str, paper: LedgerScan | None = None) -> LedgerItem:
    row = opened_for(item, by, Action.RESUME, paper=paper)
    reason = require_reason(reason)
    row.pauses.filter(ends_on=None).update(ends_on=timezone.localdate())
    move(row, Action.RESUME, by=by, capacity=capacity_of(paper), reason=reason)
    return row
