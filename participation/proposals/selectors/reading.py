"""Reads for pages, across tables; every function says how many queries it makes where that matters."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.utils import timezone
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText

from participation.ledger.rules.similarity import likely_words, likeness
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import term, terms_by_division
from portal.lookup.registry import Found
from portal.lookup.selectors import current_query_code
from portal.workdays.rules import Calendar, DueDate, add_days
from portal.workdays.selectors import calendar

from ..models import Proposal, Support
from ..rules.naming import is_number
from ..states import PUBLIC, State

LIKE_ENOUGH = 0.2  # below it two texts share little more than the name of the place
ENDED = frozenset({State.REJECTED, State.DIVERTED, State.NOT_ADOPTED, State.MERGED, State.WITHDRAWN, State.VOIDED})


def proposal_by_number(number: str) -> Proposal | None:
    if not is_number(number.strip().upper()):
        return None
    return (
        Proposal.objects.select_related("division", "community", "review", "merged_into", "thread", "ledger_item__unit")
        .filter(number=number.strip().upper())
        .first()
    )


def promised_date(proposal: Proposal, days: Calendar | None = None) -> DueDate | None:
    """本站承诺办理时限, counted from the day of submission; None where the division promises none or nothing is due.

    Never a legal limit, so nothing turns red by it. Pass `days` (a calendar taken once) for lists.
    """
    return _promised(proposal, term(proposal.division, "resident_promise_days"), days or calendar())


def promised_dates(proposals: Iterable[Proposal]) -> dict[int, DueDate | None]:
    """`promised_date` for a list, by primary key; two queries however many rows and divisions. Needs `division`."""
    rows = list(proposals)
    terms = terms_by_division({row.division for row in rows})
    days = calendar()
    return {row.pk: _promised(row, terms[row.division_id]["resident_promise_days"], days) for row in rows}


def may_be_promised(proposal: Proposal) -> bool:
    """Whether an answer is still awaited: a missing promise is then said, not passed over."""
    return not proposal.is_imported and proposal.state not in ENDED


def _promised(proposal: Proposal, promise: int | None, days: Calendar) -> DueDate | None:
    if not promise or not may_be_promised(proposal):
        return None
    return add_days(timezone.localdate(proposal.submitted_at), int(promise), days)


def code_of(proposal: Proposal) -> str:
    """The six-digit query code of the slip; computed, never stored."""
    return current_query_code(proposal.number)


def supported_ids(user: Any, proposals: Iterable[Proposal]) -> set[int]:
    """Which of these the user supports: one query for a page."""
    if not user.is_authenticated:
        return set()
    keys = [proposal.pk for proposal in proposals]
    return set(Support.objects.filter(user=user, proposal__in=keys).values_list("proposal_id", flat=True))


def similar_proposals(
    text: str, division: Division | None = None, *, limit: int = 3, at_least: float = LIKE_ENOUGH
) -> list[Proposal]:
    """At most `limit` readable proposals about the same matter, the likest first. Two queries at most.

    The search index proposes candidates by a few telling words, the pure rule ranks them.
    """
    words = likely_words(text)
    if not words:
        return []
    rows = Proposal.objects.readable().select_related("division", "community")
    if division is not None:
        county = division.path if division.level == Division.Level.COUNTY else _county_path(division)
        rows = rows.filter(division__path__startswith=county)
    candidates = _candidates(rows, words)
    ranked = sorted(((likeness(text, _matter_of(row)), row) for row in candidates), key=_by_score)
    return [row for score, row in ranked[:limit] if score >= at_least]


def _matter_of(row: Proposal) -> str:
    """Title and beginning without the row's own subdistrict and community: the same place is not the same matter."""
    words = f"{row.title} {row.body[:300]}"
    for place in (row.division, row.community):
        if place is not None:
            words = words.replace(place.name, " ")
            if len(short := place.name.rstrip("街道社区乡镇村")) > 1:
                words = words.replace(short, " ")
    return words


def _by_score(pair: tuple[float, Proposal]) -> tuple[float, int]:
    return (-pair[0], -pair[1].pk)


def _county_path(division: Division) -> str:
    """The same county: a matter in the next subdistrict is still the same matter."""
    parts = division.path.rstrip("/").split("/")
    return "/".join(parts[:3]) + "/"


def _candidates(rows: Any, words: list[str]) -> list[Proposal]:
    query = PlainText(" ".join(words), operator="or")
    return list(get_search_backend().search(query, rows, order_by_relevance=True)[:60])


def counts_by_state(division: Division | None = None) -> dict[str, int]:
    """Public figures; confidential ones are counted (decisions.md 18), hidden ones are not."""
    rows = Proposal.objects.public().filter(state__in=PUBLIC)
    if division is not None:
        rows = rows.in_division(division)
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def proposals_of(user: Any) -> Any:
    """The user's own, newest first, whatever their state."""
    return (
        Proposal.objects.of_author(user)
        .select_related("division", "community", "review", "ledger_item")
        .order_by("-submitted_at")
    )


def own_panel(request: Any) -> dict[str, Any]:
    """The latest of one's own, for `/me/`."""
    return {"rows": list(proposals_of(request.user)[:3])}


def found_by_slip(*, number: str = "", last_six: str = "", limit: int = 2) -> list[Found]:
    """For `/lookup/`: whoever holds number and code sees the page of the matter, public or not. One query."""
    rows = Proposal.objects.select_related("division")
    rows = rows.filter(number=number) if number else rows.filter(last_six=last_six)[:limit]
    return [Found(row.number, row.get_absolute_url(), row.division) for row in rows]


def has_numbered(user: Any) -> bool:
    return Proposal.objects.of_author(user).exists()


def is_own_last_six(user: Any, answer: str) -> bool:
    """The end of any number of the user's: only who holds a slip or remembers it can tell."""
    digits = "".join(char for char in answer if char.isdigit())[-6:]
    return len(digits) == 6 and Proposal.objects.of_author(user).filter(last_six=digits).exists()
