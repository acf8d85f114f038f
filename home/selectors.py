"""What the home page shows of the features below."""

from django.http import HttpRequest

from participation.proposals.models import Proposal
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import chosen_division

LATEST = 5


def home_division(request: HttpRequest) -> Division | None:
    """The visitor's remembered division: it narrows the home page, never another address."""
    return chosen_division(request.COOKIES)


def latest_proposals(division: Division | None = None) -> list[Proposal]:
    """The newest five that anyone may read, in one query."""
    rows = Proposal.objects.readable().for_list().order_by("-published_at", "-pk")
    if division is not None:
        rows = rows.in_division(division)
    return list(rows[:LATEST])
