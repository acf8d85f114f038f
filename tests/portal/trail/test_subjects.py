"""Addresses and forms name a subject by kind and key: whatever stands there, it is unknown and never an error."""

import pytest

from portal.trail import subjects

pytestmark = pytest.mark.django_db

IMPOSSIBLE = ["9" * 30, "²", "１２", "-1", "1.0", "x", "", "\x00", "1e9"]


@pytest.mark.parametrize("kind", sorted(subjects._resolvers))
def test_a_key_that_no_row_can_have_is_unknown(kind: str) -> None:
    if kind == "search":
        pytest.skip("its key is what was searched for: any words will do")
    assert subjects.subjects_of(kind, IMPOSSIBLE) == {}


def test_keys_of_rows_are_plain_digits_of_a_length_a_database_takes() -> None:
    assert subjects.row_keys(["7", "007", *IMPOSSIBLE, "9" * 15]) == {7, int("9" * 15)}
