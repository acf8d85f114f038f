"""Counts that stay cheap on a large table."""

from django.db.models import QuerySet


def bounded_count(queryset: QuerySet, limit: int = 1000) -> str:
    """The number of rows as text, or "1000+" when there are more than `limit`; reads at most limit + 1 keys."""
    number = queryset.order_by().values("pk")[: limit + 1].count()
    return f"{limit}+" if number > limit else str(number)
