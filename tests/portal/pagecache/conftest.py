"""The cache is off in tests: here it is on, with a version file and a shelf of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from portal.pagecache.middleware import shelf
from portal.pagecache.watching import watch


@pytest.fixture
def page_cache(settings, tmp_path: Path) -> Iterator[None]:
    settings.PAGE_CACHE_SECONDS = 300
    settings.PAGE_CACHE_FILE = tmp_path / "pages.version"
    watch(connection)
    shelf.clear()
    yield
    connection.execute_wrappers.clear()
    shelf.clear()
