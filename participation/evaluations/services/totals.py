"""公布合计: kept with every publication, in its transaction."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from ..models import Publication, PublishedTotal


@transaction.atomic
def add_to_totals(publication: Publication) -> None:
    """Call once for each publication that was made; two at once wait for one another at the row."""
    on, (key, named) = publication.published_on, _cell_of(publication)
    row, _is_new = PublishedTotal.objects.get_or_create(key=key, defaults={**named, "latest": on})
    added = addends_of(publication)
    changes: dict[str, Any] = {name: F(name) + value for name, value in added.items() if value}
    PublishedTotal.objects.filter(pk=row.pk).update(latest=Greatest("latest", on), **changes)


def _cell_of(publication: Publication) -> tuple[str, dict[str, Any]]:
    """What is added up together, and its key."""
    on = publication.published_on
    named: dict[str, Any] = {
        "kind": publication.kind,
        "source": publication.source,
        "division_id": publication.division_id,
        "unit_id": publication.unit_id,
        "year": on.year,
        "quarter": (on.month + 2) // 3,
    }
    return "|".join(str(value or "") for value in named.values()), named


def addends_of(publication: Publication) -> dict[str, int]:
    """What one publication adds, by field; nothing where only the class was made public."""
    if not publication.shows_counts:
        return {}
    found = {
        "publications": 1,
        "satisfied": publication.satisfied,
        "basically": publication.basically,
        "dissatisfied": publication.dissatisfied,
        "invited": publication.invited or 0,
        "answered_of_invited": publication.answered if publication.invited is not None else 0,
    }
    for question, tally in publication.star_tallies.items():
        found |= {f"{question}_sum": tally.added_up.total, f"{question}_answered": tally.added_up.answered}
    return found


@transaction.atomic
def rebuild_totals() -> int:
    """From the publications themselves, which never change; for `protect_evaluations`. How many were added up."""
    PublishedTotal.objects.all().delete()
    cells: dict[str, PublishedTotal] = {}
    made = 0
    for publication in Publication.objects.order_by("pk").iterator(chunk_size=500):
        made += 1
        key, named = _cell_of(publication)
        row = cells.setdefault(key, PublishedTotal(key=key, latest=publication.published_on, **named))
        row.latest = max(row.latest, publication.published_on)
        for name, value in addends_of(publication).items():
            setattr(row, name, getattr(row, name) + value)
    PublishedTotal.objects.bulk_create(cells.values(), batch_size=500)
    return made
