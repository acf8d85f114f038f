"""销号、异议: the committee strikes the item off in public, and hears who disagrees."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.evaluations.states import RoundState
from participation.moderation.rules import Refused
from participation.moderation.services import require_reason
from portal.follows.services import follow
from portal.jurisdictions.selectors import terms_in_force
from portal.workdays.rules import day_in_words, nth_workday_after
from portal.workdays.selectors import calendar

from .. import notifications
from ..models import CloseOffCheck, LedgerItem, Objection, Reply
from ..permissions import user_can_object
from ..selectors.clocks import terms_day
from ..selectors.legs import resident_round_of
from ..selectors.people import close_off_obstacles, entered_for_unit
from ..states import Action
from .moves import locked, move, not_for, opened_for, require
from .rating import route_anew, start_leg

OBJECTION_WORKDAYS = 5  # decisions.md 22: the committee decides within five working days


@transaction.atomic
def close_off_item(*, item: LedgerItem, by: Any, evidence: str) -> LedgerItem:
    """销号 by the committee after checking proof; never by whoever reported or entered 办结.

    Only when every commitment is delivered or withdrawn with reasons, and when the rating is over.
    """
    row = opened_for(item, by, Action.CLOSE_OFF)
    evidence = require_reason(evidence, _("请填写核查情况。"))
    if row.completed_by_id == by.pk:
        raise Refused(_("登记办结的人不能销号，请由另一人核查。"))
    if entered_for_unit(row, by):
        raise Refused(_("为承办单位代录签收、答复的人不能销号，请由另一人核查。"))
    if obstacles := close_off_obstacles(row):
        raise Refused("".join(obstacles))
    reply = Reply.objects.filter(item=row, leg=row.leg).first()
    round_ = resident_round_of(reply) if reply is not None else None
    if round_ is not None and round_.state == RoundState.OPEN:
        waiting = round_.raters.filter(answered_on=None).exists()
        if waiting and timezone.localdate() <= round_.closes_on:
            raise Refused(_("评价到%s截止，还有提出人没有评价。") % day_in_words(round_.closes_on))
    today = timezone.localdate()
    CloseOffCheck.objects.create(item=row, evidence=evidence, on=today, by=by)
    happening = move(row, Action.CLOSE_OFF, by=by, capacity="committee", reason=evidence, closed_off_on=today)
    notifications.closed_off(row, happening)
    return row


@transaction.atomic
def object_to_close_off(*, item: LedgerItem, by: Any, reason: str) -> Objection:
    """Any verified resident, within `objection_days` of the close-off."""
    row = locked(item)
    if not user_can_object(by, row):
        raise not_for(Action.OBJECT, row)
    require(row, Action.OBJECT)
    assert row.closed_off_on is not None  # noqa: S101 - a constraint of the table
    days = int(terms_in_force(row.division, terms_day(row)).objection_days or 15)
    last = row.closed_off_on + timedelta(days=days)
    today = timezone.localdate()
    if today > last:
        raise Refused(_("异议期到%s为止，已经届满。") % day_in_words(last))
    if row.objections.filter(by=by, state=Objection.State.OPEN).exists():
        raise Refused(_("您已提出异议，工委正在处理。"))
    objection = Objection.objects.create(
        item=row,
        by=by,
        reason=require_reason(reason, _("请说明异议的理由。")),
        raised_on=today,
        due_on=nth_workday_after(today, OBJECTION_WORKDAYS, calendar()).date,
    )
    follow(user=by, subject_kind="ledger_item", subject_key=row.reference)  # and hears what comes of it
    happening = move(row, Action.OBJECT, by=by, capacity="resident")
    notifications.objected(row, happening)
    return objection


@transaction.atomic
def decide_objection(*, objection: Objection, by: Any, is_accepted: bool, reason: str) -> Objection:
    """With a reason; accepted means re-opened at once."""
    accept = Action.REOPEN if objection.item.is_elsewhere else Action.ACCEPT_OBJECTION
    action = accept if is_accepted else Action.REFUSE_OBJECTION
    row = opened_for(objection.item, by, action)
    mine = Objection.objects.select_for_update().get(pk=objection.pk)
    if mine.state != Objection.State.OPEN:
        raise Refused(_("该异议已经处理。"))
    reason = require_reason(reason)
    mine.state = Objection.State.ACCEPTED if is_accepted else Objection.State.REFUSED
    mine.decided_by, mine.decided_on, mine.decision_reason = by, timezone.localdate(), reason
    mine.save()
    if action == Action.REOPEN:
        route_anew(row, action, by=by, reason=reason)
    elif is_accepted:
        reply = Reply.objects.filter(item=row, leg=row.leg).first()
        start_leg(row, reply, action, by=by, capacity="committee", reason=reason)
    else:
        happening = move(row, action, by=by, capacity="committee", reason=reason)
        notifications.objection_refused(row, happening)
    return mine
