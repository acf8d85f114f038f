"""Rounds of evaluation for tests, opened by the real verb."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from participation.evaluations.models import Publication, Round
from participation.evaluations.services import NewRound, open_round
from participation.evaluations.services.totals import add_to_totals

from .proposals import subdistrict


def round_for(*users: Any, keys: tuple[str, ...] = (), day: date | None = None, days: int = 0, **fields: Any) -> Round:
    """Open from `day` (today) for `days` more days; `fields` are those of NewRound."""
    opened_on = day or timezone.localdate()
    values: dict[str, Any] = {"kind": "ledger", "title": "示例事项", "division": subdistrict()} | fields
    return open_round(
        NewRound(opened_on=opened_on, closes_on=opened_on + timedelta(days=days), users=users, keys=keys, **values)
    )


def publication(counts: tuple[int, int, int] = (5, 2, 1), **fields: Any) -> Publication:
    """A row as the services write it: of today, by residents, without a unit."""
    values: dict[str, Any] = {
        "kind": "ledger", "source": "resident", "division": subdistrict(), "title": "示例事项的办理",
        "published_on": timezone.localdate(), "round_count": 1, "invited": sum(counts) + 2,
        "definition": "办结后评一次。", "raters": "提出事项的居民",
    } | fields  # fmt: skip
    satisfied, basically, dissatisfied = counts
    row: Publication = Publication.objects.create(
        answered=sum(counts), satisfied=satisfied, basically=basically, dissatisfied=dissatisfied, **values
    )
    add_to_totals(row)
    return row
