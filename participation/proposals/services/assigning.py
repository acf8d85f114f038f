"""A proposal goes on in the ledger: what is handed over, and what the proposal still does to its item."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ledger.models import LedgerItem, Source
from participation.ledger.services import (
    NewItem,
    NewParty,
    add_parties,
    drop_item,
    follow_hiding,
    open_item,
    take_up_imported_item,
)
from participation.ledger.states import AT_REST
from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division

from ..models import Author, Proposal, Route
from ..rules.naming import generated_title
from ..states import State
from .moves import SUBJECT_KIND, locked

# Routes by which somebody handles it now; the others have a feature of their own, or end with the answer.
TO_LEDGER = frozenset({Route.QUICK.value, Route.MICRO_DEED.value, Route.DEPUTY_SUGGESTION.value})


def enter_in_ledger(row: Proposal, by: Any) -> LedgerItem:
    """Opens the item of a locked, adopted proposal, or takes up the one that came with an import. What becomes public
    are the released words, not the original."""
    review = row.review
    new = NewItem(
        source=Source.PROPOSAL.value,
        division=row.division,
        community=row.community,
        title=review.public_title or generated_title(review.public_body) or row.number,
        summary=row.body,
        raised_on=timezone.localdate(row.submitted_at),
        category=row.category,
        matter_level=row.matter_level,
        source_kind=SUBJECT_KIND,
        source_key=row.number,
        is_confidential=row.is_confidential,
        confidential_reason=_("提出人要求保密") if row.is_confidential else "",
        is_public=row.is_public,
        parties=tuple(_parties(Author.objects.filter(proposal=row).select_related("user", "origin__entered_by"))),
    )
    known = row.ledger_item
    item = open_item(new=new, by=by) if known is None else take_up_imported_item(item=known, new=new, by=by)
    row.ledger_item = item
    row.save(update_fields=["ledger_item"])
    return item


def adopted_outside_the_ledger(division: Division | None = None) -> QuerySet[Proposal]:
    """Adopted to be handled, yet without an item that is on its way: adopted before the ledger was there."""
    rows = Proposal.objects.filter(state=State.ADOPTED, route__in=TO_LEDGER, hidden_at=None)
    if division is not None:
        rows = rows.filter(division__path__startswith=division.path)
    return rows.filter(Q(ledger_item=None) | Q(ledger_item__state__in=AT_REST)).order_by("pk")


@transaction.atomic
def enter_adopted_in_ledger(*, proposal: Proposal) -> LedgerItem | None:
    """The item of one adopted proposal, by the operator; None when another run was first."""
    row = locked(proposal)
    if not adopted_outside_the_ledger().filter(pk=row.pk).exists():
        return None
    return enter_in_ledger(row, None)


def add_authors(into: Proposal, authors: Iterable[Author]) -> None:
    """After a merge (C34): whoever came over is owed the answer as well."""
    if into.ledger_item is not None:
        add_parties(item=into.ledger_item, parties=_parties(authors))


def _parties(authors: Iterable[Author]) -> Iterable[NewParty]:
    for author in authors:
        if author.user is None and author.origin.is_imported:
            continue  # nobody of another platform's history can be reached
        yield NewParty(user=author.user, name=author.name, phone=author.phone, added_by=author.origin.entered_by)


def hide_item_of(row: Proposal, by: Any, *, is_hidden: bool, reason: str) -> None:
    if row.ledger_item is not None:
        follow_hiding(item=row.ledger_item, by=by, is_hidden=is_hidden, reason=reason)


def drop_item_of(row: Proposal, by: Any, capacity: str, reason: str) -> None:
    """Withdrawn or void: its item goes too. Refused once the item was taken up."""
    if row.ledger_item is None:
        return
    if row.ledger_item.state in AT_REST:
        hide_item_of(row, by, is_hidden=True, reason=reason)
        return
    if row.ledger_item.is_taken_up:
        raise Refused(_("已交办，不能撤回或作废。"))
    drop_item(item=row.ledger_item, by=by, capacity=capacity, reason=reason)
