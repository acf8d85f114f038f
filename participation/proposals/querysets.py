"""Filters over proposals. `published_at` is set exactly while a proposal belongs to the public, hidden or not."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from participation.ledger.rules.categories import GROUPS
from participation.ledger.states import NOT_TAKEN_UP
from portal.jurisdictions.models import Division

from .states import IN_REVIEW, OPEN_TO_SUPPORT


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class ProposalQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """Everything that is listed; confidential rows are among them and have neither title, text nor author."""
        return self.filter(published_at__isnull=False, hidden_at__isnull=True)

    def readable(self) -> Self:
        """Public with a text: what may be searched, fed, quoted and supported."""
        return self.public().filter(is_confidential=False).exclude(title="")

    def visible_to(self, user: Any) -> Self:
        """Public, or one's own."""
        public = Q(published_at__isnull=False, hidden_at__isnull=True)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(author=user) | Q(entered_by=user))

    def of_author(self, user: Any) -> Self:
        return self.filter(author=user) if user.is_authenticated else self.none()

    def in_division(self, division: Division) -> Self:
        """At or below `division`; a community is matched by the community that was named."""
        if division.level == Division.Level.COMMUNITY:
            return self.filter(community=division)
        if division.level in (Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP):
            return self.filter(division=division)  # below are communities only: the index of the place serves
        return self.filter(division__path__startswith=division.path)

    def in_divisions(self, paths: list[str]) -> Self:
        if not paths:
            return self.none()
        scope = Q()
        for path in paths:
            scope |= Q(division__path__startswith=path)
        return self.filter(scope)

    def in_state(self, state: str) -> Self:
        """By the state shown: an adopted one whose ledger item was taken up is 已交办."""
        taken_up = Q(ledger_item__isnull=False) & ~Q(ledger_item__state__in=NOT_TAKEN_UP)
        if state == "assigned":
            return self.filter(taken_up, state="adopted")
        if state == "adopted":
            return self.filter(~taken_up, state="adopted")
        return self.filter(state=state)

    def in_category(self, value: str) -> Self:
        """A plain group or one of the staff labels; anything else matches nothing."""
        if value == "unsure" or value in GROUPS:
            return self.filter(category_group=value)
        return self.filter(category=value)

    def submitted_between(self, first: date | None = None, last: date | None = None) -> Self:
        """Both days inclusive, in local time."""
        rows = self
        if first:
            rows = rows.filter(submitted_at__gte=_start_of(first))
        if last:
            rows = rows.filter(submitted_at__lt=_start_of(last + timedelta(days=1)))
        return rows

    def published_between(self, first: date | None = None, last: date | None = None) -> Self:
        """Both days inclusive, in local time; the same column as the newest-first order, so one index serves both."""
        rows = self
        if first:
            rows = rows.filter(published_at__gte=_start_of(first))
        if last:
            rows = rows.filter(published_at__lt=_start_of(last + timedelta(days=1)))
        return rows

    def awaiting_review(self) -> Self:
        return self.filter(state__in=IN_REVIEW)

    def open_to_support(self) -> Self:
        return self.readable().filter(state__in=OPEN_TO_SUPPORT)

    def search_originals(self, words: str) -> Self:
        """By number or by what was written, for staff in scope; every word must occur."""
        rows = self
        for word in words.split()[:8]:
            rows = rows.filter(
                Q(number__icontains=word)
                | Q(review__original_title__icontains=word)
                | Q(review__original_body__icontains=word)
            )
        return rows

    def for_list(self) -> Self:
        """What a list row shows, without the long texts it does not."""
        return self.select_related("division", "community", "ledger_item", "thread")
