"""X24, the basis of a clock, what a rating sets going."""

from datetime import date

import pytest

from participation.ledger.rules.clock import Basis
from participation.ledger.rules.conditions import ContactMade, basis_of, contact_is_enough, ratings_ask_for

ONE, TWO = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("source", "required", "ways", "enough"),
    [
        ("council_opinion", True, ["phone"], False),
        ("council_opinion", True, ["face"], True),
        ("council_opinion", False, [], True),
        ("deputy_suggestion", True, ["visit"], False),
        ("proposal", True, [], False),
        ("proposal", False, ["phone"], True),
        ("proposal", False, ["visit"], True),
        ("proposal", False, ["declined"], True),
        ("snap", True, [], True),
        ("import", True, [], True),
    ],
)
def test_contact_by_source_and_terms(source: str, required: bool, ways: list[str], enough: bool) -> None:
    contacts = [ContactMade(way, ONE) for way in ways]
    found = contact_is_enough(source=source, face_to_face_required=required, reachable_parties=1, contacts=contacts)
    assert found is enough


@pytest.mark.parametrize(("days", "enough"), [([ONE], False), ([ONE, ONE], False), ([ONE, TWO], True)])
def test_two_attempts_in_vain_are_on_two_days(days: list[date], enough: bool) -> None:
    contacts = [ContactMade("failed", day) for day in days]
    found = contact_is_enough(source="proposal", face_to_face_required=False, reachable_parties=1, contacts=contacts)
    assert found is enough


def test_nobody_to_reach_is_no_obstacle() -> None:
    assert contact_is_enough(source="proposal", face_to_face_required=True, reachable_parties=0, contacts=[])


@pytest.mark.parametrize(
    ("source", "has_months", "promise", "basis"),
    [
        ("deputy_suggestion", False, None, Basis.LAW),
        ("council_opinion", True, None, Basis.DOCUMENT),
        ("member_opinion", True, 30, Basis.DOCUMENT),
        ("council_opinion", False, 30, Basis.NONE),
        ("proposal", True, 30, Basis.PROMISE),
        ("proposal", True, None, Basis.NONE),
        ("reception", True, None, Basis.NONE),
        ("import", True, 30, Basis.NONE),
    ],
)
def test_the_basis_depends_on_the_source_and_is_never_borrowed(
    source: str, has_months: bool, promise: int | None, basis: Basis
) -> None:
    assert basis_of(source, has_months=has_months, promise_days=promise) == basis


@pytest.mark.parametrize(
    ("values", "leg", "asked"),
    [
        (["satisfied", "basically_satisfied"], 1, ""),
        (["satisfied", "dissatisfied"], 1, "rework"),
        (["dissatisfied"], 2, "decide"),
        (["dissatisfied"], 3, "decide"),
        ([], 1, ""),
    ],
)
def test_what_a_rating_sets_going(values: list[str], leg: int, asked: str) -> None:
    assert ratings_ask_for(values, leg) == asked
