"""Rounds of evaluation for tests, opened by the real verb."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from participation.evaluations.models import Round
from participation.evaluations.services import NewRound, open_round

from .proposals import subdistrict


def round_for(*users: Any, keys: tuple[str, ...] = (), day: date | None = None, days: int = 0, **fields: Any) -> Round:
    """Open from `day` (today) for `days` more days; `fields` are those of NewRound."""
    opened_on = day or timezone.localdate()
    values: dict[str, Any] = {"kind": "ledger", "title": "示例事项", "division": subdistrict()} | fields
    return open_round(
        NewRound(opened_on=opened_on, closes_on=opened_on + timedelta(days=days), users=users, keys=keys, **values)
    )
