"""Chinese search that stays an ordinary queryset: filter it further, order it, page it by keyset."""

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.db import connection
from django.db.models import BooleanField, Case, CharField, Model, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backend
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from .text import Term, query_terms

if connection.vendor == "postgresql":
    from .backends import postgres as engine
else:
    from .backends import sqlite as engine  # type: ignore[no-redef]

M = TypeVar("M", bound=Model)
NARROW = 1000  # hits up to which they are named one by one


@dataclass(frozen=True)
class Matches:
    """The rows of a queryset that hold every word of the query."""

    queryset: QuerySet[Any]
    base: QuerySet[Any]
    terms: tuple[Term, ...]
    is_wide: bool
    some: tuple[str, ...] = ()  # keys of some of the hits, where there are many

    def count(self, limit: int = 1000) -> int:
        """How many, counted up to `limit` + 1: a result above `limit` reads "1000+"."""
        if not self.is_wide:
            return _count(self.queryset, limit)
        if self.some and _count(self.base.filter(pk__in=self.some), limit) > limit:
            return limit + 1  # they are enough already; nobody needs to look at all of the hits
        return engine.count_up_to(limit, self.base, _index_entries(), self.terms)


def matches(queryset: QuerySet[M], query: str) -> Matches:
    """One or two bounded queries now, to choose how the returned queryset finds its rows.

    Few hits: they are named, and the database sorts only those. Many: rows are taken in the order asked for and each is
    tested, so a page of the newest costs the same however many there are. Blank or unsearchable queries match nothing.
    """
    terms = tuple(query_terms(query))
    if not terms:
        return Matches(queryset.none(), queryset, terms, is_wide=False)
    entries = _index_entries()
    keys, is_all = engine.keys_up_to(NARROW, entries, queryset.model, terms)
    if is_all:
        return Matches(queryset.filter(pk__in=keys), queryset, terms, is_wide=False)
    # A scalar subquery, which no planner turns into a join over all hits.
    own_types = get_descendants_content_types_pks(queryset.model)
    own_entry = entries.filter(content_type_id__in=own_types, object_id=Cast(OuterRef("pk"), CharField(max_length=50)))
    is_match = Case(
        When(engine.row_matches(terms), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    tested = Subquery(own_entry.annotate(is_match=is_match).values("is_match")[:1], output_field=BooleanField())
    return Matches(queryset.filter(tested), queryset, terms, is_wide=True, some=tuple(keys))


def _count(queryset: QuerySet[Any], limit: int) -> int:
    return queryset.order_by().values("pk")[: limit + 1].count()


def matching(queryset: QuerySet[M], query: str) -> QuerySet[M]:
    """`queryset` narrowed to the rows that hold every word of the query; order and page it as usual."""
    return matches(queryset, query).queryset


def search(queryset: QuerySet[M], query: str, order: Literal["newest", "relevance"] = "newest") -> QuerySet[M]:
    """Newest keeps the order of the queryset, for keyset paging; relevance replaces it and cannot be paged so."""
    if order == "newest":
        return matching(queryset, query)
    results = get_search_backend().search(query, queryset, order_by_relevance=True)
    return results.get_queryset()


def tidy_index() -> None:
    """Fresh statistics, and on SQLite one segment of the full-text table: after many rows were indexed at once."""
    table = connection.ops.quote_name(get_app_config().get_model("IndexEntry")._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            fts = connection.ops.quote_name(f"{table.strip(chr(34))}_fts")
            cursor.execute(f"INSERT INTO {fts}({fts}) VALUES ('optimize')")  # noqa: S608 - a table's own name
            cursor.execute("ANALYZE")
        else:
            cursor.execute(f"ANALYZE {table}")


def _index_entries() -> QuerySet[Any]:
    return get_app_config().get_model("IndexEntry")._default_manager.all()
