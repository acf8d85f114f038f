"""Published evaluations for the benchmark: as many as there are proposals, over the same units and quarters."""

from datetime import timedelta
from typing import Any

BATCH, QUARTERS = 2000, 4


def fill(count: int) -> None:
    from django.utils import timezone

    from participation.evaluations.models import Publication
    from participation.evaluations.services.totals import rebuild_totals
    from portal.accounts.models import HandlingUnit

    units: list[Any] = list(HandlingUnit.objects.order_by("pk"))
    today = timezone.localdate()
    for start in range(0, count, BATCH):
        Publication.objects.bulk_create(
            Publication(
                kind="ledger", source="resident", division_id=units[number % len(units)].division_id,
                unit=units[number % len(units)], round_count=3, invited=9, answered=6, satisfied=4, basically=1,
                dissatisfied=1, stars={"solved": [0, 0, 1, 2, 3]} if number % 2 else {}, definition="x", raters="y",
                # both sizes fill every quarter of every unit, so that only the number of publications differs
                published_on=today - timedelta(days=91 * (number // len(units) % QUARTERS) + 1),
            )
            for number in range(start, min(start + BATCH, count))
        )  # fmt: skip
    rebuild_totals()
