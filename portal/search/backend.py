"""WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.search.backend"}}: the database backend, bigram-indexed."""

from functools import cached_property, reduce
from operator import and_, or_

from django.db import connection
from django.db.models.functions import Cast
from modelsearch.query import MatchAll, Not, Phrase, PlainText

from .text import index_text, query_terms

if connection.vendor == "postgresql":
    from django.contrib.postgres.search import SearchQuery
    from modelsearch.backends.database.postgres import postgres as base
    from modelsearch.backends.database.postgres.query import Lexeme

    def wrap(lexemes, config):
        return SearchQuery(lexemes, search_type="raw", config=config)

    PREFIX = "Postgres"

    class ZhObjectIndexer(base.ObjectIndexer):
        def as_vector(self, texts, for_autocomplete=False):
            return super().as_vector([(index_text(t), w) for t, w in texts], for_autocomplete)
else:
    from modelsearch.backends.database.sqlite import sqlite as base
    from modelsearch.backends.database.sqlite.query import Lexeme

    def wrap(lexemes, config):
        return base.SearchQueryExpression(lexemes, config=config)

    PREFIX = "SQLite"

    class ZhObjectIndexer(base.ObjectIndexer):
        @cached_property
        def title(self):
            return index_text(super().title)

        @cached_property
        def body(self):
            return index_text(super().body)

        @cached_property
        def autocomplete(self):
            return index_text(super().autocomplete)


base.ObjectIndexer = ZhObjectIndexer  # add_items() looks the class up as a module global


class BigramQueries:
    def _compile(self, upstream, query, config, **kwargs):
        if not isinstance(query, (PlainText, Phrase)):
            return upstream(query, config=config, **kwargs)
        terms = query_terms(query.query_string) or [("\ue000", False)]  # nothing searchable matches nothing
        lexemes = [Lexeme(text, prefix=lone or self.LAST_TERM_IS_PREFIX, **kwargs) for text, lone in terms]
        any_word = isinstance(query, PlainText) and query.operator.lower() == "or"
        return wrap(reduce(or_ if any_word else and_, lexemes), config)

    def build_tsquery_content(self, query, config=None, invert=False):
        return self._compile(super().build_tsquery_content, query, config, invert=invert)

    def build_search_query_content(self, query, config=None):
        return self._compile(super().build_search_query_content, query, config)


class JoinedSearch:
    """One join instead of upstream's per-row correlated FTS query (quadratic in hits) on SQLite."""

    def search(self, config, start, stop, score_field=None, **kwargs):
        if PREFIX != "SQLite" or isinstance(query := base.normalize(self.query), (MatchAll, Not)):
            return super().search(config, start, stop, score_field, **kwargs)
        pk = self.queryset.model._meta.pk
        while pk.remote_field:
            pk = pk.target_field
        match = base.MatchExpression(
            self.fields or self.FTS_TABLE_FIELDS, self.build_search_query(query, config=config)
        )
        qs = self.queryset.filter(
            match, index_entries__sqliteftsindexentry__isnull=False, pk=Cast("index_entries__object_id", pk)
        )
        if self.order_by_relevance:
            qs = qs.annotate(**{score_field or "_score": base.BM25()}).order_by(score_field or "_score", "-pk")
        elif not qs.query.order_by:
            qs = qs.order_by("-pk")
        return qs[start:stop]


class Compiler(BigramQueries, JoinedSearch, getattr(base, PREFIX + "SearchQueryCompiler")):
    pass


class AutocompleteCompiler(BigramQueries, JoinedSearch, getattr(base, PREFIX + "AutocompleteQueryCompiler")):
    pass


class Index(getattr(base, PREFIX + "Index")):
    def _refresh_title_norms(self, full=False):
        if full:  # upstream also scans the whole index on every save
            super()._refresh_title_norms(full=True)


class SearchBackend(getattr(base, PREFIX + "SearchBackend")):
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index

    def __init__(self, params):
        super().__init__({"SEARCH_CONFIG": "simple", **params})
