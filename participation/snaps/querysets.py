"""Filters over photo reports."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from participation.ledger.models import HandlingPhoto
from participation.ledger.rules.categories import GROUPS
from portal.jurisdictions.models import Division

from .states import OPEN, PUBLIC, State


class SnapQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """`published_at` is set exactly while a report belongs to the public, hidden or not."""
        return self.filter(published_at__isnull=False, hidden_at__isnull=True)

    def in_division(self, division: Division) -> Self:
        return self.filter(division__path__startswith=division.path)

    def in_divisions(self, divisions: list[Division] | None) -> Self:
        """Of these divisions and below; None is everywhere."""
        if divisions is None:
            return self
        near = Q(pk__in=[])
        for division in divisions:
            near |= Q(division__path__startswith=division.path)
        return self.filter(near)

    def in_category(self, group: str) -> Self:
        members = GROUPS.get(group)
        return self.filter(category="unsorted") if members is None else self.filter(category__in=members)

    def in_state(self, state: str) -> Self:
        return self.filter(state=state)

    def of_sender(self, user: Any) -> Self:
        return self.filter(sender=user) if user.is_authenticated else self.none()

    def alike(self, division: Division, since: datetime) -> Self:
        """What a second report may be of: public, open, of the same place, not older than `since`."""
        return self.public().filter(division=division, state__in=OPEN, captured_at__gte=since)

    def within(self, rows: tuple[int, int], columns: tuple[int, int], since: datetime) -> Self:
        """As `alike`, by the squares of `rules.cells_around` and over the borders of streets."""
        return self.public().filter(
            cell_lat__range=rows, cell_lon__range=columns, state__in=OPEN, captured_at__gte=since
        )

    def waiting(self) -> Self:
        """For somebody of the staff to do something next."""
        return self.filter(state__in=[State.CAPTURED, State.REVIEWED, State.VERIFIED])

    def with_photos_waiting(self) -> Self:
        """Annotates `has_photos_waiting`: a photo that nobody looked at, or one of the unit's not taken over yet."""
        photos = self.model._meta.get_field("photos").related_model
        taken = photos.objects.filter(handling_photo__isnull=False).values("handling_photo")
        theirs = HandlingPhoto.objects.filter(
            reply__item=OuterRef("ledger_item"), moment="after", is_withheld=False, reply__signed_on__isnull=False
        ).exclude(pk__in=taken)
        own = photos.objects.filter(snap=OuterRef("pk"), is_reviewed=False)
        is_going_on = Q(state__in=[State.CAPTURED, *PUBLIC])
        return self.annotate(has_photos_waiting=Q(is_going_on & (Exists(own) | Exists(theirs))))

    def for_list(self) -> Self:
        return self.select_related("division", "ledger_item")
