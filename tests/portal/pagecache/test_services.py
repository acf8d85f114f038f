"""A small fact that every page asks for is made once, and anew after every change."""

import pytest

from portal.pagecache.services import forget_pages, kept


def made() -> tuple[list[int], object]:
    times: list[int] = []

    def make() -> int:
        times.append(1)
        return len(times)

    return times, make


@pytest.mark.usefixtures("page_cache")
def test_a_fact_is_made_once_until_anything_changes() -> None:
    _times, make = made()
    before = [kept("test", make), kept("test", make)]  # type: ignore[arg-type]  # a counter stands for the builder
    forget_pages()
    assert (before, kept("test", make)) == ([1, 1], 2)  # type: ignore[arg-type]  # a counter stands for the builder


def test_without_the_page_cache_nothing_is_remembered() -> None:
    _times, make = made()
    assert [kept("test", make), kept("test", make)] == [1, 2]  # type: ignore[arg-type]  # a counter stands for the builder
