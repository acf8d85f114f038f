"""Closed rounds that no batch holds yet."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from ..models import Round
from ..registry import kinds
from ..rules import Waiting
from ..states import RoundState


def waiting_rounds(*, closed_before: date | None = None) -> list[Waiting]:
    """Of the kinds that are published by the job; a constant number of queries."""
    automatic = [kind.key for kind in kinds() if kind.is_automatic]
    rows = Round.objects.filter(kind__in=automatic, publication=None, state=RoundState.CLOSED)
    if closed_before is not None:
        rows = rows.filter(closes_on__lt=closed_before)
    named = rows.filter(is_secret=False).annotate(
        counted=Count("raters__answer", filter=Q(raters__answer__is_public=False), distinct=True)
    )
    secret = rows.filter(is_secret=True).annotate(counted=Count("secret_answers", distinct=True))
    return [*_waiting(named), *_waiting(secret)]


def _waiting(rows: Iterable[Round]) -> list[Waiting]:
    return [
        Waiting(
            round=row.pk, kind=row.kind, source=row.source, place=row.division_id, unit=row.unit_id,
            counted=getattr(row, "counted"),  # noqa: B009 - an annotation
        )
        for row in rows
    ]  # fmt: skip
