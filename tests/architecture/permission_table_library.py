"""Who gets in where: the routes of Wagtail, allauth and others. A new route needs a row: docs/testing.md."""

from tests.architecture.permission_sets import Row

LIBRARY: dict[str, Row] = {}
