"""Closed rounds that no batch holds yet."""

from datetime import date

from django.db.models import Count

from ..models import Answer, Round, SecretAnswer
from ..registry import kinds
from ..rules import Waiting
from ..states import RoundState


def waiting_rounds(*, closed_before: date | None = None) -> list[Waiting]:
    """Of the kinds that are published by the job; a constant number of queries."""
    automatic = [kind.key for kind in kinds() if kind.is_automatic]
    rows = Round.objects.filter(kind__in=automatic, publication=None, state=RoundState.CLOSED)
    if closed_before is not None:
        rows = rows.filter(closes_on__lt=closed_before)
    # counted from the answers' side: most rounds of a backlog have none
    named = Answer.objects.filter(rater__round__in=rows.filter(is_secret=False), is_public=False)
    secret = SecretAnswer.objects.filter(round__in=rows.filter(is_secret=True))
    counted = dict(named.order_by().values_list("rater__round").annotate(n=Count("pk")))
    counted |= dict(secret.order_by().values_list("round").annotate(n=Count("pk")))
    found = rows.order_by("pk").values_list("pk", "kind", "source", "division_id", "unit_id")
    return [
        Waiting(round=key, kind=kind, source=source, place=place, unit=unit, counted=counted.get(key, 0))
        for key, kind, source, place, unit in found
    ]
