"""What the home page shows of the features below."""

from participation.proposals.models import Proposal
from portal.jurisdictions.models import Division

LATEST = 5


def latest_proposals(division: Division | None = None) -> list[Proposal]:
    """The newest five that anyone may read, in one query."""
    rows = Proposal.objects.readable().for_list().order_by("-published_at", "-pk")
    if division is not None:
        rows = rows.in_division(division)
    return list(rows[:LATEST])
