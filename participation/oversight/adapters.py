"""Appraisals as the ground floor sees them."""

import re
from typing import Any

from django.http import HttpRequest

from portal.trail.subjects import Subject, row_keys

from .models import OfficeAppraisal
from .permissions import user_can_view_appraisal

RATE = re.compile(r"/oversight/\d+/rate/")


def is_secret_answer(request: HttpRequest) -> bool:
    """What a member posts is never kept for after the log-in."""
    return RATE.fullmatch(request.path_info) is not None


def subjects(keys: list[str]) -> dict[str, Subject]:
    """For the trail and the page of a publication: named once its report is public."""
    rows = OfficeAppraisal.objects.filter(pk__in=row_keys(keys))

    def visible(row: OfficeAppraisal) -> Any:
        return lambda user: row.is_public or user_can_view_appraisal(user, row)

    return {
        str(row.pk): Subject(
            "office_appraisal", str(row.pk), row.title if row.is_public else "", row.get_absolute_url(), visible(row)
        )
        for row in rows.select_related("division", "unit")
    }
