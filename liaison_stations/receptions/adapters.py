"""Sessions as the ground floor sees them."""

from typing import Any

from portal.trail.subjects import Subject

from .models import ReceptionSession
from .permissions import user_can_view_receptions

SUBJECT_KIND = "reception_session"


def subjects(keys: list[str]) -> dict[str, Subject]:
    """For the trail: named once it is public."""
    rows = ReceptionSession.objects.filter(key__in=keys).select_related("station__division")

    def visible(row: ReceptionSession) -> Any:
        return lambda user: row.is_public or user_can_view_receptions(user, row.division)

    return {
        row.key: Subject(SUBJECT_KIND, row.key, str(row) if row.is_public else "", row.get_absolute_url(), visible(row))
        for row in rows
    }
