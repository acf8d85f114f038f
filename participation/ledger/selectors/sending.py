"""Whether a council opinion has left in its letter (X23): before that the unit cannot sign for it."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.jurisdictions.clauses import clause
from portal.jurisdictions.selectors import terms_by_division_and_day, terms_in_force

from ..models import LedgerItem, LetterItem
from ..rules.letters import COUNCIL_SOURCES, LetterKind, LetterState
from ..states import State
from .clocks import terms_day

BROUGHT_IN = "paper_ledger"  # source_kind of what an existing ledger brought along: its letter left before


def letter_obstacle(item: LedgerItem) -> str:
    """Empty, or why the unit cannot sign for a council opinion yet: it leaves in an opinion letter only."""
    if not _unsent([item]):
        return ""
    name = terms_in_force(item.division, timezone.localdate()).opinion_instrument_name
    return _("“以《人大街道工委意见函》的形式”：工委印发%s以后，单位才能签收。") % name


def waiting_for_letter(items: Sequence[LedgerItem]) -> set[int]:
    """Of these, by primary key, what the unit cannot sign for yet; a constant number of queries."""
    return _unsent([item for item in items if item.state == State.ASSIGNED])


def _unsent(items: Sequence[LedgerItem]) -> set[int]:
    """Assigned council opinions, where X23 binds, that no issued opinion letter carries."""
    found = [item for item in items if item.source in COUNCIL_SOURCES and item.source_kind != BROUGHT_IN]
    if not found:
        return set()
    document = clause("X23").document
    terms = terms_by_division_and_day((item.division, terms_day(item)) for item in found)
    bound = {
        item.pk
        for item in found
        if document.key in terms[item.division_id, terms_day(item)].regulation_documents
        and not (document.in_force_from and terms_day(item) < document.in_force_from)
    }
    sent = LetterItem.objects.filter(
        item__in=bound, assignment__state="sent", letter__kind=LetterKind.OPINION,
        letter__state__in=[LetterState.ISSUED, LetterState.RECEIVED],
    )  # fmt: skip
    return bound - set(sent.values_list("item", flat=True))
