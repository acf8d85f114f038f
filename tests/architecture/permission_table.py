"""Who gets in where: our own routes. A new route needs a row; how: docs/testing.md."""

from tests.architecture.permission_sets import Row

TABLE: dict[str, Row] = {}
