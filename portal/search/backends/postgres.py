"""PostgreSQL's text search over character pairs. Vectors and queries are written out: no parser or dictionary acts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import BooleanField, Case, Expression, F, Func, Model, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres import postgres as base
from modelsearch.query import Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks

from ..text import Term, index_tokens, query_terms, single_tokens

LAST_POSITION = 16_383  # of a tsvector; what stands further back could not be found as a phrase
NOTHING = Term(("\ue000",))
SAMPLE = 1.2  # times the limit: some of them may fall to other filters
Keys = tuple[list[str], bool]


class WrittenVector(Expression):
    """A tsvector given token by token: 'tokens':2A 'follow':3A.

    It begins at 2, so that in title || body no phrase leads from the one into the other.
    """

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        weighed = [(token, weight) for text, weight in texts for token in index_tokens(text)][: LAST_POSITION - 1]
        placed = [f"'{token}':{place}{weight}" for place, (token, weight) in enumerate(weighed, 2)]
        singles = {f"'{token}'" for text, _weight in texts for token in single_tokens(text)}
        self.written = " ".join([*placed, *sorted(singles)])

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s::tsvector", [self.written]


class WrittenQuery(SearchQuery):
    """A tsquery given token by token: ('tokens' <-> 'follow') & ('t':*)."""

    invert: bool

    def __init__(self, written: str) -> None:
        super().__init__(written, search_type="raw")
        self.written = written

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        return "%s::tsquery", [f"!({self.written})" if self.invert else self.written]


def written_query(terms: Sequence[Term], is_any: bool = False, is_inverted: bool = False) -> str:
    written = (" | " if is_any else " & ").join(_phrase(term) for term in terms)
    return f"!({written})" if is_inverted else written


def _phrase(term: Term) -> str:
    tokens = " <-> ".join(f"'{token}'" for token in term.tokens)
    return f"({tokens}{':*' if term.is_open else ''})"


class ObjectIndexer(base.ObjectIndexer):
    # Copies for fuzzy search, which we do not offer: they would double the table.
    title_text = ""
    body_text = ""

    def as_vector(self, texts: Any, for_autocomplete: bool = False) -> Expression:
        return WrittenVector(list(texts))


base.ObjectIndexer = ObjectIndexer  # add_items() looks the class up as a global of its module


class Matches(Func):
    """vector @@ query, for one vector or for title || body as in the combined index."""

    arg_joiner = " || "
    template = "%(expressions)s"
    output_field = BooleanField()

    def __init__(self, written: str, *columns: str) -> None:
        super().__init__(*(F(column) for column in columns))
        self.written = written

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        sql, params = super().as_sql(compiler, connection, *args, **kwargs)
        return f"(({sql}) @@ %s::tsquery)", [*params, self.written]


def entry_matches(terms: Sequence[Term]) -> Q:
    """Filter on the index table: the combined index gives rows with all tokens, each is asked whether they follow.

    The question is put inside CASE: as a condition it tempts the planner to read five more indexes whole.
    """
    every_token = " & ".join(_phrase(Term((token,), term.is_open)) for term in terms for token in term.tokens)
    has_tokens = Q(Matches(every_token, "title", "body"))
    if all(len(term.tokens) == 1 for term in terms):
        return has_tokens
    follow = Case(When(row_matches(terms), then=Value(True)), default=Value(False), output_field=BooleanField())
    return has_tokens & Q(follow)


@contextmanager
def through_the_index() -> Iterator[None]:
    """The planner counts reading a vector as one step and scans the table for a frequent word: ten times slower."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = DEFAULT")


def keys_up_to(limit: int, entries: QuerySet[Any], model: type[Model], terms: Sequence[Term]) -> Keys:
    """Keys of the rows that match, and True; some of them and False when more than `limit` entries match.

    Having asked the index, more rows cost little: enough are taken to tell a large count without asking it again.
    """
    own_types = get_descendants_content_types_pks(model)
    with through_the_index():
        rows = entries.filter(entry_matches(terms)).values_list("content_type_id", "object_id")
        found = list(rows[: int(SAMPLE * limit) + 1])
    return [key for content_type, key in found if content_type in own_types], len(found) <= limit


def count_up_to(limit: int, queryset: QuerySet[Any], entries: QuerySet[Any], terms: Sequence[Term]) -> int:
    pk = queryset.model._meta.pk
    while pk.remote_field:
        pk = pk.target_field
    # The type is asked inside CASE, not in WHERE: there it tempts the planner away from the combined index, and the
    # key of another model need not be castable.
    own_types = get_descendants_content_types_pks(queryset.model)
    own_key = Case(When(content_type_id__in=own_types, then=Cast("object_id", pk)), output_field=pk)
    keys = entries.filter(entry_matches(terms)).annotate(own_key=own_key).values("own_key")
    with through_the_index():
        return queryset.filter(pk__in=keys).order_by().values("pk")[: limit + 1].count()


def row_matches(terms: Sequence[Term]) -> Q:
    """The same test on one row, without joining its two vectors; a phrase never spans both.

    All terms in the body is asked first: that is where most of them stand, and each question unpacks a vector.
    """
    each = Q()
    for term in terms:
        written = written_query([term])
        each &= Q(Matches(written, "body")) | Q(Matches(written, "title"))
    return Q(Matches(written_query(terms), "body")) | each if len(terms) > 1 else each


class PairQueries:
    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        if not isinstance(query, PlainText | Phrase):
            return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]
        terms = query_terms(query.query_string) or [NOTHING]
        is_any = isinstance(query, PlainText) and query.operator.lower() == "or"
        return WrittenQuery(written_query(terms, is_any, invert))


class SearchQueryCompiler(PairQueries, base.PostgresSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(PairQueries, base.PostgresAutocompleteQueryCompiler):
    pass


class Index(base.PostgresIndex):
    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:  # upstream also averages the whole index on every save
            super()._refresh_title_norms(full=True)


class SearchBackend(base.PostgresSearchBackend):
    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
