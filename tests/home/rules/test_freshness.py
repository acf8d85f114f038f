"""The limits of the inspections: the last day counts as in time, the alarm rings before it."""

from datetime import date, timedelta

import pytest

from home.rules.freshness import Freshness, freshness, site_fails

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "limit", "state"),
    [
        (0, 14, "fresh"), (9, 14, "fresh"), (10, 14, "due"), (14, 14, "due"), (15, 14, "overdue"),
        (164, 183, "fresh"), (165, 183, "due"), (183, 183, "due"), (184, 183, "overdue"),
    ],
)  # fmt: skip
def test_the_state_at_every_edge(days: int, limit: int, state: str) -> None:
    found = freshness(TODAY - timedelta(days=days), TODAY, limit)
    assert (found.state, found.days, found.left) == (state, days, limit - days)


def test_a_column_without_an_article_is_empty_not_overdue() -> None:
    assert freshness(None, TODAY, 14) == Freshness("empty", None, 14)


def test_the_four_knock_out_rules_by_their_numbers() -> None:
    fine, late, empty = Freshness("fresh", 1, 14), Freshness("overdue", 20, 14), Freshness("empty", None, 14)
    assert site_fails(fine, [late] * 4 + [empty] * 4) == []
    assert site_fails(late, []) == ["home"]
    assert site_fails(fine, [late] * 5) == ["overdue"]
    assert site_fails(fine, [late] * 10 + [empty] * 5) == ["many_overdue", "empty"]
