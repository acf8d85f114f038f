"""Verbs on venues; stations are pages, their verbs are Wagtail's."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.trail.services import record

from .models import DeliberationVenue
from .rules import CHANGE_VENUES

SUBJECT_KIND = "venue"


@transaction.atomic
def save_venue(*, venue: DeliberationVenue, by: Any) -> DeliberationVenue:
    """A new venue or a changed one. Raises PermissionDenied outside the divisions of the person's posts, the one the
    venue stood in before included."""
    is_new = venue.pk is None
    if not is_new:
        before = DeliberationVenue.objects.select_for_update(of=("self",)).select_related("division").get(pk=venue.pk)
        if not by.has_perm(CHANGE_VENUES, before.division):
            raise PermissionDenied
    if not by.has_perm(CHANGE_VENUES, venue.division):
        raise PermissionDenied
    venue.save()
    record(
        subject_kind=SUBJECT_KIND,
        subject_key=str(venue.pk),
        verb="add" if is_new else "change",
        actor=by,
        capacity="staff",
        detail={"division": venue.division.key, "kind": venue.kind, "is_active": venue.is_active},
    )
    return venue
