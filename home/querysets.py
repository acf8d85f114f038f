"""Filters over articles."""

from typing import Any, Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class NewsQuerySet(PageQuerySet):
    def public(self) -> Self:
        """Live, and not behind a password or log-in."""
        return super().public().live()

    def in_column(self, column: Any) -> Self:
        """And in the columns below it."""
        return self.filter(path__startswith=column.path)

    def in_division(self, division: Any) -> Self:
        """At or below the division."""
        return self.filter(division__path__startswith=division.path)

    def about(self, proposal: Any) -> Self:
        return self.filter(related_proposals__proposal=proposal)

    def for_list(self) -> Self:
        """What a row of a list shows, without the text of the article."""
        return self.select_related("division").defer("body")


NewsManager = PageManager.from_queryset(NewsQuerySet)
