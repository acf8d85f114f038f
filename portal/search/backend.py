"""The search backend named in WAGTAILSEARCH_BACKENDS: the database backend with character pairs.

A thin layer over modelsearch's backends; each override says which defect of them it mends (docs/search.md).
"""

from django.db import connection

if connection.vendor == "postgresql":
    from .backends.postgres import SearchBackend
else:
    from .backends.sqlite import SearchBackend

__all__ = ["SearchBackend"]
