"""满意率: what was published of the proposers' ratings, and nothing else (decisions.md 14)."""

from django.db.models import Sum

from participation.evaluations.models import Publication
from participation.evaluations.querysets import PublicationQuerySet
from participation.evaluations.states import Source
from portal.jurisdictions.models import Division

KIND = "ledger"  # of the rounds of a reply


def published_ratings(division: Division | None = None) -> PublicationQuerySet:
    """Whole batches of 居民评议 of handled matters, in a place; the other two legs stand on the page of evaluations."""
    rows = Publication.objects.filter(kind=KIND, source=Source.RESIDENT.value, shows_counts=True)
    return rows if division is None else rows.in_division(division)


def ratings_by_place_and_unit() -> list[tuple[str, int | None, int, int]]:
    """(path of the place, unit, ratings, of these satisfied or basically so); one query."""
    rows = published_ratings().order_by().values_list("division__path", "unit")
    return [
        (path or "", unit, rated, satisfied + basically)
        for path, unit, rated, satisfied, basically in rows.annotate(
            Sum("answered"), Sum("satisfied"), Sum("basically")
        )
    ]
