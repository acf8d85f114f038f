"""What the home page shows of the proposals below."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from participation.proposals.models import Proposal
from participation.proposals.states import IN_REVIEW, State
from portal.jurisdictions.models import Division

from ..rules.figures import Share, share

LATEST = 5
MOST_SUPPORTED = 3


def latest_proposals(division: Division | None = None) -> list[Proposal]:
    """The newest five that anyone may read, in one query."""
    rows = Proposal.objects.readable().for_list().order_by("-published_at", "-pk")
    if division is not None:
        rows = rows.in_division(division)
    return list(rows[:LATEST])


def most_supported(since: datetime, division: Division | None = None) -> list[Proposal]:
    """What residents back most among what is still open, with at least one support; one query."""
    rows = Proposal.objects.open_to_support().for_list().filter(published_at__gte=since, support_count__gt=0)
    if division is not None:
        rows = rows.in_division(division)
    return list(rows.order_by("-support_count", "-pk")[:MOST_SUPPORTED])


@dataclass(frozen=True)
class ProposalFigures:
    """Of what residents sent in since a day; imported matters and mistakes (作废) do not count."""

    received: int
    reviewed: Share
    decided: Share
    adopted: Share


def proposal_figures(since: datetime, division: Division | None = None) -> ProposalFigures:
    """One query. `decided` is of what was made public, `adopted` of what was decided."""
    rows = Proposal.objects.filter(submitted_at__gte=since, source="").exclude(state=State.VOIDED)
    if division is not None:
        rows = rows.in_division(division)
    adopted, decided = Q(state=State.ADOPTED), Q(state__in=[State.ADOPTED, State.NOT_ADOPTED])
    found = rows.aggregate(
        received=Count("pk"),
        waiting=Count("pk", filter=Q(state__in=IN_REVIEW)),
        public=Count("pk", filter=Q(published_at__isnull=False)),
        decided=Count("pk", filter=decided),
        adopted=Count("pk", filter=adopted),
    )
    return ProposalFigures(
        received=found["received"],
        reviewed=share(found["received"] - found["waiting"], found["received"]),
        decided=share(found["decided"], found["public"]),
        adopted=share(found["adopted"], found["decided"]),
    )
