"""What no unit of ours handles: 12345 and deputies' suggestions. The committee sends it, enters what came back, tells
whoever raised it, and takes it back where nothing comes of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import require_reason

from .. import notifications
from ..models import Commitment, DeputySuggestion, LedgerItem, Reply
from ..selectors.suggestions import asked_now, needs_meeting, open_suggestion, waiting_answers
from ..states import Action, ReplyKind, Routing
from .assigning import past_day
from .handling import required_text
from .moves import move, opened_for
from .photographing import NewEvidence, keep_photos, ready_evidence
from .replying import checked_promises, feed_back_on_site

WITHOUT_SUGGESTION = (ReplyKind.CANNOT, ReplyKind.REFERENCE)
REPORTS = ("committee", "congress")


@transaction.atomic
def hand_to_hotline(*, item: LedgerItem, by: Any, ticket_number: str, reason: str) -> LedgerItem:
    """转12345: the ticket's own number is entered by hand; the portal assumes no interface. Every party hears of it."""
    row = opened_for(item, by, Action.HAND_TO_HOTLINE)
    number = ticket_number.strip()
    if not number:
        raise Refused(_("请填写12345工单号。"))
    happening = move(
        row,
        Action.HAND_TO_HOTLINE,
        by=by,
        capacity="committee",
        reason=require_reason(reason),
        detail={"ticket": number},
        hotline_number=number[:60],
        routing=Routing.HOTLINE.value,
        unit=None,
        owner_name="",
        signed_for_on=None,
    )
    notifications.handed_to_hotline(row, happening)
    return row


@transaction.atomic
def record_outside_reply(
    *,
    item: LedgerItem,
    by: Any,
    unit_name: str,
    kind: str,
    text: str,
    on: date | None = None,
    commitments: Iterable[tuple[str, date]] = (),
    met_on: date | None = None,
    reported_to_committee_on: date | None = None,
    reported_to_congress_on: date | None = None,
    photos: Sequence[NewEvidence] = (),
) -> Reply:
    """What came back, in the words of whoever handled it: public at once, and every party hears of it (C34).

    Of a suggestion: the meeting with the deputy where the terms ask for it (X24); the two written reports (X22) may
    come later, but before the close-off.
    """
    row = opened_for(item, by, Action.RECORD_REPLY)
    unit_name = unit_name.strip()
    if not unit_name:
        raise Refused(_("请填写答复单位。"))
    promised = checked_promises(kind, commitments)
    text = required_text(text, _("请填写答复内容。"))
    suggestion = open_suggestion(row) if row.routing == Routing.DEPUTIES else None
    day = past_day(on, suggestion.asked_on if suggestion else row.raised_on)
    if suggestion is not None:
        _note_suggestion(suggestion, row, met_on, reported_to_committee_on, reported_to_congress_on)
    pictures = ready_evidence(photos)
    reply = _reply(row, by, Action.RECORD_REPLY, unit_name, kind, text, day, promised)
    keep_photos(reply, pictures)
    return reply


def _note_suggestion(
    suggestion: DeputySuggestion, row: LedgerItem, met_on: date | None, committee: date | None, congress: date | None
) -> None:
    if met_on is None and needs_meeting(row):
        raise Refused(_("“办理单位做到每件建议办理都有‘见面沟通’”：请填写办理单位与代表见面沟通的日期。"))
    for day in filter(None, (met_on, committee, congress)):
        past_day(day, suggestion.asked_on)
    suggestion.met_on = met_on
    suggestion.reported_to_committee_on = committee or suggestion.reported_to_committee_on
    suggestion.reported_to_congress_on = congress or suggestion.reported_to_congress_on
    suggestion.save(update_fields=["met_on", "reported_to_committee_on", "reported_to_congress_on"])


@transaction.atomic
def conclude_without_suggestion(*, item: LedgerItem, by: Any, kind: str, text: str) -> Reply:
    """All who were asked have answered, and none puts forward a suggestion: the committee tells the parties why."""
    row = opened_for(item, by, Action.CONCLUDE)
    if waiting_answers(row).exists():
        raise Refused(_("还有代表没有答复，等全部答复或收回后再说明结果。"))
    if kind not in WITHOUT_SUGGESTION:
        raise Refused(_("没有提出代表建议的，答复类别为“暂不能解决”或“留作参考”。"))
    text = required_text(text, _("请填写答复内容。"))
    name = _("人大街道工委")
    return _reply(row, by, Action.CONCLUDE, name, kind, text, timezone.localdate(), [])


def _reply(
    row: LedgerItem,
    by: Any,
    action: Action,
    unit_name: str,
    kind: str,
    text: str,
    day: date,
    promised: list[tuple[str, date]],
) -> Reply:
    if row.replies.filter(leg=row.leg).exists():
        raise Refused(_("本次办理已有答复。"))
    reply = Reply.objects.create(
        item=row,
        leg=row.leg,
        unit_name=unit_name[:120],
        kind=kind,
        text=text,
        drafted_by=by,
        drafted_at=timezone.now(),
        signed_on=day,
    )
    Commitment.objects.bulk_create(
        Commitment(item=row, reply=reply, text=words[:300], due_on=due_on) for words, due_on in promised
    )
    detail = {"kind": str(kind), "signed_on": day.isoformat()}
    happening = move(row, action, by=by, capacity="committee", detail=detail, replied_on=day)
    feed_back_on_site(row, reply)
    notifications.replied(row, reply, happening)
    if row.routing == Routing.DEPUTIES:
        notifications.reply_for_deputies(row, asked_now(row), reply, happening)
    return reply


@transaction.atomic
def note_written_report(*, item: LedgerItem, by: Any, to: str, on: date | None = None) -> DeputySuggestion:
    """X22: one of the two written reports, to the committee or to the standing committee above it."""
    row = opened_for(item, by, Action.NOTE_REPORT)
    if row.routing != Routing.DEPUTIES:
        raise Refused(_("只有代表建议要登记书面报告。"))
    if to not in REPORTS:
        raise Refused(_("请选择报告对象。"))
    suggestion = open_suggestion(row)
    day = past_day(on, suggestion.asked_on)
    name = f"reported_to_{to}_on"
    setattr(suggestion, name, day)
    suggestion.save(update_fields=[name])
    move(row, Action.NOTE_REPORT, by=by, capacity="committee", detail={"to": to, "on": day.isoformat()})
    return suggestion


@transaction.atomic
def take_back_item(*, item: LedgerItem, by: Any, reason: str) -> LedgerItem:
    """Nothing came of it elsewhere: the committee looks for another way. Parties and deputies hear why."""
    row = opened_for(item, by, Action.TAKE_BACK)
    reason = require_reason(reason)
    deputies = list(asked_now(row))
    end_suggestion(row, reason)
    happening = move(row, Action.TAKE_BACK, by=by, capacity="committee", reason=reason, routing="", hotline_number="")
    notifications.taken_back(row, happening)
    notifications.request_ended(row, deputies, happening)
    return row


def end_suggestion(row: LedgerItem, reason: str) -> None:
    """What was asked stays as history; the next request is a new one."""
    DeputySuggestion.objects.filter(item=row, ended_on=None).update(ended_on=timezone.localdate(), end_reason=reason)
