"""Letters in sight of a person: those of the own divisions, and what was issued to the own unit."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from participation.moderation.selectors import scope_of
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.workdays.rules import day_in_words

from ..models import LedgerItem, Letter, LetterItem
from ..rules.letter_words import issuer_words, letter_words, prefix_words
from ..rules.letters import COUNCIL_SOURCES, LetterKind, LetterState, kind_carries
from ..states import WITH_UNIT, State
from .clocks import clocks_of
from .work import for_clocks

OUT = (LetterState.ISSUED, LetterState.RECEIVED, LetterState.VOIDED)


def letters_in_scope(user: Any, permission: str, units: Sequence[int]) -> Any:
    rows = Letter.objects.select_related("division", "unit", "drafted_by", "reviewed_by", "signed_by")
    scope = scope_of(user, permission)
    if scope is None:
        return rows
    mine = Q(unit__in=list(units), state__in=OUT)
    for division in scope:
        mine |= Q(division__path__startswith=division.path)
    return rows.filter(mine)


def letters_of(item: LedgerItem) -> Any:
    """What left about this item, or is being written."""
    rows = LetterItem.objects.filter(item=item).exclude(letter__state=LetterState.CANCELLED)
    return rows.select_related("letter__unit").order_by("letter__drafted_at")


def items_for_letter(rows: Any, unit: HandlingUnit, kind: str) -> list[LedgerItem]:
    """Of `rows`, what a letter of this kind may carry to this unit; the oldest first, at most 200."""
    states = [State.CLOSED_OFF] if kind == LetterKind.CLOSE_OFF else sorted(WITH_UNIT)
    found = rows.filter(unit=unit, state__in=states).order_by("assigned_on", "pk")[:200]
    return [item for item in found if kind_carries(kind, item.source)]


def likely_kind(items: Sequence[LedgerItem]) -> str:
    if items and all(item.state == State.CLOSED_OFF for item in items):
        return LetterKind.CLOSE_OFF
    if items and all(item.source in COUNCIL_SOURCES for item in items):
        return LetterKind.OPINION
    return LetterKind.ASSIGNMENT


def first_words(kind: str, name: str, items: Sequence[LedgerItem], division: Division | None) -> dict[str, str]:
    """Issuer and 代字 as in the last letter of the place, else from its name; title and body from the kind."""
    rows = for_clocks(LedgerItem.objects.filter(pk__in=[item.pk for item in items]))
    days = [clock.due.date for clock in clocks_of(list(rows)).values() if clock.due]
    last_day = day_in_words(max(days)) if days else ""
    title, body = letter_words(
        kind, name=name, count=len(items), title=items[0].title if items else "", last_day=last_day
    )
    words = {"title": title, "body": body}
    if division is None:
        return words
    last = Letter.objects.filter(division=division).exclude(state=LetterState.CANCELLED).order_by("-pk")
    same = last.filter(kind=kind).first() or last.first()
    if same is not None:
        return words | {"issuer": same.issuer, "prefix": same.prefix}
    county = division.parent.name if division.parent else ""
    return words | {"issuer": issuer_words(county, division.name), "prefix": prefix_words(county, division.name)}
