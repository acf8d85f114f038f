"""Filters over comments."""

from typing import Any, Self

from django.db import models


class CommentQuerySet(models.QuerySet[Any]):
    def listed(self) -> Self:
        """On the page: public, or a placeholder in its stead."""
        return self.filter(is_listed=True)

    def public(self) -> Self:
        return self.filter(state="published", hidden_at__isnull=True)

    def top(self) -> Self:
        return self.filter(parent__isnull=True)

    def for_list(self) -> Self:
        return self.select_related("reply_to")

    def of_author(self, user: Any) -> Self:
        return self.filter(author=user) if user.is_authenticated else self.none()

    def official(self) -> Self:
        return self.filter(capacity="official")

    def of_members(self) -> Self:
        """议事代表 and deputies."""
        return self.filter(capacity__in=["member", "deputy"])
