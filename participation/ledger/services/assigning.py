"""交办、签收、退回、协办: from the committee to a unit and back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import require_reason
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.selectors import terms_in_force
from portal.workdays.rules import day_in_words
from portal.workdays.selectors import calendar

from .. import notifications
from ..models import Assignment, LedgerItem, LedgerScan, MatterLevel, Source
from ..rules.clock import helper_due_on, return_by
from ..selectors.clocks import clock_of
from ..selectors.sending import letter_obstacle
from ..states import Action, Routing
from .letter_moves import settle_letters
from .moves import capacity_of, move, opened_for


@transaction.atomic
def assign_item(
    *,
    item: LedgerItem,
    by: Any,
    unit: HandlingUnit,
    owner_name: str,
    on: date | None = None,
    note: str = "",
    co_units: Iterable[tuple[HandlingUnit, date | None]] = (),
) -> LedgerItem:
    """交办: a lead unit with a person responsible (C36); starts the clock on `on`, today by default.

    `on` may lie in the past for what was assigned on paper, never in the future or before the matter was raised.
    A matter of an upper level does not go to a unit (C31).
    """
    row = opened_for(item, by, Action.ASSIGN)
    today = timezone.localdate()
    day = on or today
    _check_unit(row, unit)
    if not owner_name.strip():
        raise Refused(_("请填写责任人：“明确承办单位、责任分工和完成时限”。"))
    if row.matter_level == MatterLevel.UPPER and unit.kind != HandlingUnit.Kind.DISPATCHED:
        raise Refused(_("属于上级事权的，应商请相应层级人大代表提出代表建议，不交本级单位办理。"))
    if day > today:
        raise Refused(_("交办日期不能晚于今天。"))
    if day < row.raised_on:
        raise Refused(_("交办日期不能早于提出日期%s。") % day_in_words(row.raised_on))
    row.assignments.filter(state__in=[Assignment.State.SENT, Assignment.State.SIGNED_FOR]).update(
        state=Assignment.State.ENDED
    )
    Assignment.objects.create(
        item=row, unit=unit, assigned_on=day, assigned_by=by, note=note.strip(), state=Assignment.State.SENT
    )
    happening = move(
        row,
        Action.ASSIGN,
        by=by,
        capacity="committee",
        detail={"unit": unit.name, "assigned_on": day.isoformat(), "entered_later": day != today},
        unit=unit,
        routing=Routing.UNIT.value,
        owner_name=owner_name.strip()[:60],
        assigned_on=row.assigned_on if row.assigned_on and row.source in _KEEPS_CLOCK else day,
        leg_started_on=day,
        signed_for_on=None,
    )
    for helper, due_on in co_units:
        _add_co_unit(row, by, helper, due_on, day)
    notifications.assigned(row, happening)
    return row


# A matter that a unit sent back keeps the day on which it was first assigned: the proposer's wait goes on.
_KEEPS_CLOCK = frozenset(Source.values)


def _check_unit(item: LedgerItem, unit: HandlingUnit) -> None:
    if not unit.is_active:
        raise Refused(_("该单位已停用。"))
    if not (item.division.path.startswith(unit.division.path) or unit.division.path.startswith(item.division.path)):
        raise Refused(_("%s不在本辖区。") % unit.name)


@transaction.atomic
def add_co_unit(*, item: LedgerItem, by: Any, unit: HandlingUnit, due_on: date | None = None) -> LedgerItem:
    """A helping unit with its own, shorter clock."""
    row = opened_for(item, by, Action.ADD_CO_UNIT)
    _add_co_unit(row, by, unit, due_on, timezone.localdate())
    return row


def _add_co_unit(item: LedgerItem, by: Any, unit: HandlingUnit, due_on: date | None, day: date) -> None:
    """Its day lies before the lead unit's: half of the lead's time where none is named; where nothing is due, a day has
    to be named."""
    _check_unit(item, unit)
    if unit.pk == item.unit_id:
        raise Refused(_("%s已是主办单位。") % unit.name)
    clock = clock_of(item)
    measured = clock.target or clock.limit
    lead_due = measured.date if measured and not clock.is_stopped else None
    due_on = due_on or helper_due_on(day, lead_due)
    if due_on is None:
        raise Refused(_("本事项没有可以折半的办理时限，请填写%s的协办时限。") % unit.name)
    if due_on < day:
        raise Refused(_("协办时限不能早于交办日期。"))
    if lead_due is not None and lead_due > day and due_on >= lead_due:
        raise Refused(_("协办时限应早于主办单位的%s。") % day_in_words(lead_due))
    if item.assignments.filter(unit=unit, state__in=["sent", "signed_for", "replied"]).exists():
        raise Refused(_("%s已是协办单位。") % unit.name)
    Assignment.objects.create(item=item, unit=unit, is_lead=False, assigned_on=day, due_on=due_on, assigned_by=by)
    detail = {"unit": unit.name, "due_on": due_on.isoformat()}
    happening = move(item, Action.ADD_CO_UNIT, by=by, capacity="committee", detail=detail)
    notifications.co_unit_added(item, unit, happening)


@transaction.atomic
def sign_for_item(*, item: LedgerItem, by: Any, on: date | None = None, paper: LedgerScan | None = None) -> LedgerItem:
    """签收 by the lead unit."""
    row = opened_for(item, by, Action.SIGN_FOR, paper=paper)
    enter_receipt(row, by, past_day(on, row.leg_started_on), is_proxy=paper is not None)
    settle_letters(row.assignments.get(is_lead=True, state=Assignment.State.SIGNED_FOR), by, is_proxy=paper is not None)
    return row


def enter_receipt(row: LedgerItem, by: Any, day: date, *, is_proxy: bool) -> None:
    """Write the receipt on a locked row whose caller has asked permissions; also of a letter that carries it (X23)."""
    if obstacle := letter_obstacle(row):
        raise Refused(obstacle)
    row.assignments.filter(is_lead=True, state=Assignment.State.SENT).update(
        state=Assignment.State.SIGNED_FOR, signed_for_on=day, signed_for_by=by, is_proxy=is_proxy
    )
    capacity = "proxy" if is_proxy else "unit"
    move(row, Action.SIGN_FOR, by=by, capacity=capacity, signed_for_on=day)


@transaction.atomic
def return_item(*, item: LedgerItem, by: Any, reason: str, paper: LedgerScan | None = None) -> LedgerItem:
    """Not its remit: within `return_workdays` of the assignment, with a reason; the committee assigns anew."""
    row = opened_for(item, by, Action.RETURN, paper=paper)
    reason = require_reason(reason, _("请说明不属本单位职责的理由。"))
    assert row.leg_started_on is not None  # noqa: S101 - an assigned item has its day
    workdays = int(terms_in_force(row.division, row.leg_started_on).return_workdays)
    last = return_by(row.leg_started_on, workdays, calendar())
    if timezone.localdate() > last.date:
        raise Refused(
            _("退回期限为交办后%(days)d个工作日，已于%(day)s届满，请与人大街道工委联系。")
            % {"days": workdays, "day": day_in_words(last.date)}
        )
    lead = row.assignments.filter(is_lead=True, state__in=[Assignment.State.SENT, Assignment.State.SIGNED_FOR]).first()
    row.assignments.filter(state__in=[Assignment.State.SENT, Assignment.State.SIGNED_FOR]).update(
        state=Assignment.State.RETURNED,
        returned_on=timezone.localdate(),
        return_reason=reason,
        is_proxy=paper is not None,
    )
    if lead is not None:
        lead.refresh_from_db()
        settle_letters(lead, by, is_proxy=paper is not None)
    unit_name = row.unit.name if row.unit else ""
    happening = move(row, Action.RETURN, by=by, capacity=capacity_of(paper), reason=reason, detail={"unit": unit_name})
    notifications.returned(row, happening)
    return row


def past_day(on: date | None, not_before: date | None) -> date:
    """A day that has been, today by default; Refused for a day to come or before `not_before`."""
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise Refused(_("日期不能晚于今天。"))
    if not_before is not None and day < not_before:
        raise Refused(_("日期不能早于%s。") % day_in_words(not_before))
    return day
