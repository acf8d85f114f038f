"""SQLite's FTS5 over character pairs."""

from collections.abc import Sequence
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, StrIndex
from django.db.models.lookups import GreaterThan
from modelsearch.backends.database.sqlite import sqlite as base
from modelsearch.backends.database.sqlite.query import BM25, Lexeme, MatchExpression, SearchQueryExpression, normalize
from modelsearch.query import MatchAll, Not, Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks

from ..text import Term, index_text, query_terms

NOTHING = Term(("\ue000",))  # a private character is in no text: nothing searchable matches nothing
FTS = "index_entries__sqliteftsindexentry"
Keys = tuple[list[str], bool]


class ObjectIndexer(base.ObjectIndexer):
    @cached_property
    def title(self) -> str:
        return index_text(super().title)

    @cached_property
    def body(self) -> str:
        return index_text(super().body)

    @cached_property
    def autocomplete(self) -> str:
        return index_text(super().autocomplete)


base.ObjectIndexer = ObjectIndexer  # add_items() looks the class up as a global of its module


def keys_up_to(limit: int, entries: QuerySet[Any], model: type[Model], terms: Sequence[Term]) -> Keys:
    """Keys of the rows that match, and True; none and False when more than `limit` entries do, of whatever model."""
    # First the full-text table alone: to look up a thousand entries only to learn that there are more takes longer, and
    # joined with a model of few rows SQLite would ask the full-text table once for each of them.
    found = base.SQLiteFTSIndexEntry.objects.filter(_match(terms)).values_list("pk", flat=True)
    rows = list(found[: limit + 1])
    if len(rows) > limit:
        return [], False
    own = entries.filter(pk__in=rows, content_type__in=get_descendants_content_types_pks(model))
    return list(own.values_list("object_id", flat=True)), True


def row_matches(terms: Sequence[Term]) -> Q:
    """The same test on one row of the index table, which keeps the tokens as plain text."""
    condition = Q()
    for term in terms:
        phrase = f" {' '.join(term.tokens)}" + ("" if term.is_open else " ")
        in_columns = [
            Q(GreaterThan(StrIndex(Concat(Value(" "), Coalesce(F(column), Value("")), Value(" ")), Value(phrase)), 0))
            for column in ("title", "body")
        ]
        condition &= reduce(or_, in_columns)
    return condition


def count_up_to(limit: int, queryset: QuerySet[Any], entries: QuerySet[Any], terms: Sequence[Term]) -> int:
    return _joined(queryset, _match(terms)).order_by().values("pk")[: limit + 1].count()


def _joined(queryset: QuerySet[Any], match: MatchExpression) -> QuerySet[Any]:
    """The rows of the model behind the matching index rows: one JOIN, begun at the full-text table."""
    pk = queryset.model._meta.pk
    while pk.remote_field:
        pk = pk.target_field
    return queryset.filter(match, **{f"{FTS}__isnull": False}, pk=Cast("index_entries__object_id", pk))


class PairQueries:
    LAST_TERM_IS_PREFIX: bool

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        if not isinstance(query, PlainText | Phrase):
            return super().build_search_query_content(query, config)  # type: ignore[misc]
        terms = query_terms(query.query_string) or [NOTHING]
        is_any = isinstance(query, PlainText) and query.operator.lower() == "or"
        return SearchQueryExpression(_lexemes(terms, is_any))

    def search(self, config: Any, start: Any, stop: Any, score_field: str | None = None, **kwargs: Any) -> Any:
        """Upstream runs a full-text query per hit to order by relevance: quadratic. One JOIN instead."""
        query = normalize(self.query)  # type: ignore[attr-defined]
        if isinstance(query, MatchAll | Not):
            return super().search(config, start, stop, score_field, **kwargs)  # type: ignore[misc]
        match = MatchExpression(
            self.fields or self.FTS_TABLE_FIELDS,  # type: ignore[attr-defined]
            self.build_search_query(query, config=config),  # type: ignore[attr-defined]
        )
        queryset = _joined(self.queryset, match)  # type: ignore[attr-defined]
        if self.order_by_relevance:  # type: ignore[attr-defined]
            name = score_field or "_score"
            queryset = queryset.annotate(**{name: BM25()}).order_by(name, "-pk")
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]


class SearchQueryCompiler(PairQueries, base.SQLiteSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(PairQueries, base.SQLiteAutocompleteQueryCompiler):
    pass


class Index(base.SQLiteIndex):
    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:  # upstream also averages the whole index on every save
            super()._refresh_title_norms(full=True)


class SearchBackend(base.SQLiteSearchBackend):
    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index


def _match(terms: Sequence[Term]) -> MatchExpression:
    return MatchExpression(["title", "body"], SearchQueryExpression(_lexemes(terms)))


def _lexemes(terms: Sequence[Term], is_any: bool = False) -> Combinable:
    lexemes = [Lexeme(" ".join(term.tokens), prefix=term.is_open) for term in terms]
    return reduce(or_ if is_any else and_, lexemes)
