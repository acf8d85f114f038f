"""The clock of an item: its facts from the tables and the terms, its reading from the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone

from portal.jurisdictions.selectors import Terms, terms_by_division_and_day, terms_in_force
from portal.workdays.rules import Calendar
from portal.workdays.selectors import calendar

from ..models import Extension, LedgerItem, Pause
from ..rules.clock import LAW_LIMIT_MONTHS, LAW_TARGET_MONTHS, Basis, Clock, Colour, Facts, Period, read_clock
from ..rules.conditions import basis_of
from ..states import AT_REST, OPEN, State

ANSWER, HANDLING = "answer", "handling"
UNDATED = frozenset({*AT_REST, State.VOIDED})


def facts_of(
    item: LedgerItem,
    terms: Terms,
    *,
    extensions: Iterable[Extension] = (),
    pauses: Iterable[Pause] = (),
) -> Facts:
    """What the clock rests on. `extensions` and `pauses` are all of the item's; the present leg's count."""
    months = (terms.target_months, terms.limit_months)
    basis = basis_of(item.origin, has_months=any(months), promise_days=terms.resident_promise_days)
    if item.state in UNDATED or item.is_elsewhere:
        basis = Basis.NONE
    starts_on = item.leg_started_on or item.assigned_on
    stopped = {ANSWER: item.replied_on, HANDLING: item.completed_on}.get(str(terms.overdue_clock), item.completed_on)
    facts = Facts(
        basis=basis,
        starts_on=starts_on,
        clause=terms.entry("limit_months").clause if basis == Basis.DOCUMENT else "",
        pauses=tuple(Period(each.starts_on, each.ends_on) for each in pauses if each.leg == item.leg),
        stopped_on=stopped,
        rolls=bool(terms.roll_to_workday),
    )
    if basis == Basis.NONE:
        return facts
    if item.leg > 1:
        return replace(facts, rework_months=int(terms.rework_months or 1))
    if basis == Basis.PROMISE:
        return replace(facts, promise_days=terms.resident_promise_days, starts_on=item.taken_up_on or item.raised_on)
    if basis == Basis.LAW:
        months = (LAW_TARGET_MONTHS, LAW_LIMIT_MONTHS)
    if str(terms.clock_start) == "session_end" and item.session_ended_on:
        facts = replace(facts, starts_on=item.session_ended_on)
    approved = [e.until for e in extensions if e.leg == item.leg and e.state == Extension.State.APPROVED]
    return replace(
        facts,
        target_months=months[0],
        limit_months=months[1],
        extended_to=max(approved) if approved else None,
    )


def terms_day(item: LedgerItem) -> date:
    """The terms in force on the day the clock began hold for the whole leg."""
    return item.leg_started_on or item.assigned_on or timezone.localdate()


def clock_of(item: LedgerItem, today: date | None = None, days: Calendar | None = None) -> Clock:
    """The clock of one item on a day in Shanghai, today by default."""
    terms = terms_in_force(item.division, terms_day(item))
    facts = facts_of(item, terms, extensions=item.extensions.all(), pauses=item.pauses.all())
    return read_clock(facts, today or timezone.localdate(), days or calendar())


def clocks_of(items: Sequence[LedgerItem], today: date | None = None) -> dict[int, Clock]:
    """By primary key, for a page of a list: a constant number of queries. Needs `division` and, prefetched,
    `extensions` and `pauses`."""
    day, known = today or timezone.localdate(), calendar()
    terms = terms_by_division_and_day((item.division, terms_day(item)) for item in items)
    return {
        item.pk: read_clock(
            facts_of(
                item,
                terms[item.division_id, terms_day(item)],
                extensions=item.extensions.all(),
                pauses=item.pauses.all(),
            ),
            day,
            known,
        )
        for item in items
    }


def due_day(clock: Clock, item: LedgerItem) -> date | None:
    """What the helper column `due_on` must hold: the day of a clock that runs, else None.

    A pause moves the day along with today, so a paused item has one only when it was late already.
    """
    if clock.due is None or item.state not in OPEN or clock.colour == Colour.NONE or clock.is_stopped:
        return None
    if item.state == State.PAUSED and not clock.is_overdue:
        return None
    return clock.due.date
