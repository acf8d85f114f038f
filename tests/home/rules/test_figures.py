"""Rates with one decimal, none under five."""

import pytest

from home.rules.figures import share


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 5, "0.0%"), (5, 5, "100.0%"), (2, 6, "33.3%"), (4, 6, "66.7%"), (1, 8, "12.5%"), (1, 2000, "0.1%")],
)
def test_a_rate_is_rounded_to_a_tenth(part: int, whole: int, percent: str) -> None:
    assert share(part, whole).percent == percent


@pytest.mark.parametrize("whole", [0, 1, 4])
def test_fewer_than_five_have_no_rate(whole: int) -> None:
    assert (share(0, whole).percent, share(0, whole).is_too_small) == ("", True)
