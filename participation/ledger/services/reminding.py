"""催办、督办、到期提醒. The periodic run tells each person of each stage exactly once: the event's name holds the stage
and the day it is about, and one transaction per item writes message and trail together."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from participation.moderation.services import require_reason
from portal.jurisdictions.selectors import terms_in_force
from portal.workdays.rules import Calendar
from portal.workdays.selectors import calendar

from .. import notifications
from ..models import Assignment, Commitment, LedgerItem, Priority
from ..rules.clock import assign_by
from ..rules.reminders import Reminder, day_reminder_due, reminder_due
from ..selectors.clocks import clock_of, clocks_of, terms_day
from ..states import MOVES, Action, State
from .moves import locked, move, opened_for

BATCH = 500
REMINDABLE = frozenset(MOVES[Action.REMIND])
UNASSIGNED = frozenset({State.ASSIGNING, State.REASSIGN})


@transaction.atomic
def remind_item(*, item: LedgerItem, by: Any, reason: str, is_supervision: bool = False) -> LedgerItem:
    """催办 by the committee; with `is_supervision` 督办, and the item is marked 重点督办."""
    row = opened_for(item, by, Action.REMIND)
    fields = {"priority": Priority.SUPERVISED.value} if is_supervision else {}
    happening = move(
        row,
        Action.REMIND,
        by=by,
        capacity="committee",
        reason=require_reason(reason),
        detail={"kind": "supervise" if is_supervision else "urge"},
        **fields,
    )
    notifications.reminded(row, happening, is_supervision=is_supervision)
    return row


def remind_due_items(today: date | None = None) -> int:
    """How many people were told. Safe to run twice, in parallel, or killed half-way."""
    day = today or timezone.localdate()
    known = calendar()
    told = sum(_remind_of_clock(item, day, known) for item in _items_due(day))
    waiting = LedgerItem.objects.filter(state__in=UNASSIGNED, session_ended_on__isnull=False)
    told += sum(_remind_to_assign(item, day, known) for item in waiting.select_related("division").order_by("pk"))
    promises = Commitment.objects.filter(state=Commitment.State.OPEN, reply__signed_on__isnull=False)
    told += sum(_remind_of_promise(promise, day) for promise in promises.select_related("item").order_by("pk"))
    helping = Assignment.objects.filter(is_lead=False, state__in=["sent", "signed_for"], due_on__isnull=False)
    told += sum(_remind_helper(each, day) for each in helping.select_related("item", "unit").order_by("pk"))
    return told


def _items_due(day: date) -> Iterator[LedgerItem]:
    """A first look without locks; each is looked at again under its lock."""
    rows = LedgerItem.objects.filter(state__in=REMINDABLE - UNASSIGNED).select_related("division").order_by("pk")
    reading = rows.prefetch_related("extensions", "pauses").iterator(chunk_size=BATCH)
    while batch := list(islice(reading, BATCH)):
        clocks = clocks_of(batch, day)
        yield from (item for item in batch if reminder_due(clocks[item.pk], day))


@transaction.atomic
def _remind_of_clock(item: LedgerItem, day: date, known: Calendar) -> int:
    row = locked(item)
    if row.state not in REMINDABLE - UNASSIGNED:
        return 0
    clock = clock_of(row, day, known)
    found = reminder_due(clock, day)
    if found is None:
        return 0
    return _told_once(row, found, lambda: notifications.due(row, found, clock))


@transaction.atomic
def _remind_to_assign(item: LedgerItem, day: date, known: Calendar) -> int:
    """C32, soft: council opinions only."""
    row = locked(item)
    terms = terms_in_force(row.division, terms_day(row))
    due = assign_by(row.session_ended_on, terms.assign_months, known, bool(terms.roll_to_workday))
    found = day_reminder_due(due.date, day) if due and row.state in UNASSIGNED else None
    return _told_once(row, found, lambda: notifications.assignment_due(row, found)) if found else 0


@transaction.atomic
def _remind_of_promise(promise: Commitment, day: date) -> int:
    row = locked(promise.item)
    is_open = Commitment.objects.filter(pk=promise.pk, state=Commitment.State.OPEN).exists()
    found = day_reminder_due(promise.due_on, day) if is_open else None
    return notifications.commitment_due(row, promise, found) if found else 0


@transaction.atomic
def _remind_helper(assignment: Assignment, day: date) -> int:
    row = locked(assignment.item)
    is_open = Assignment.objects.filter(pk=assignment.pk, state__in=["sent", "signed_for"]).exists()
    found = day_reminder_due(assignment.due_on, day) if is_open and assignment.due_on and row.is_open else None
    return notifications.co_unit_due(row, assignment, found) if found else 0


def _told_once(row: LedgerItem, found: Reminder, tell: Callable[[], int]) -> int:
    """The trail says that it was told, in the same transaction and only when somebody was."""
    told = tell()
    if told:
        detail = {"stage": found.stage, "due_on": found.due_on.isoformat(), "leg": row.leg}
        move(row, Action.REMIND, capacity="system", detail=detail)
    return told
