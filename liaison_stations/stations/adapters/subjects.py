"""Stations as the ground floor sees them: what may be followed."""

from typing import Any

from portal.trail.subjects import Subject, row_keys

SUBJECT_KIND = "station"


def subjects(keys: list[str]) -> dict[str, Subject]:
    """By primary key as text; public while the page is live and open to everybody."""
    from ..models import LiaisonStation

    rows = LiaisonStation.objects.filter(pk__in=row_keys(keys))
    public = set(rows.live().public().values_list("pk", flat=True))

    def visible(pk: int) -> Any:
        return lambda user: pk in public

    return {str(row.pk): Subject(SUBJECT_KIND, str(row.pk), row.title, row.url or "", visible(row.pk)) for row in rows}
