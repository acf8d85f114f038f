"""Classes, rates and batches, in whole numbers."""

import pytest

from participation.evaluations.rules import (
    ClassRule,
    StarTally,
    Waiting,
    batches_due,
    batches_of_quarter,
    class_of,
    percent_in_words,
    tenths,
)

pytestmark = pytest.mark.once
HALF, MORE_THAN_HALF, TWO_THIRDS = ClassRule(), ClassRule(half_counts=False), ClassRule(2, 3)


@pytest.mark.parametrize(
    ("satisfied", "basically", "dissatisfied", "roll", "half_counts", "more_than_half", "two_thirds"),
    [
        (28, 0, 0, 56, "satisfied", "dissatisfied", "dissatisfied"),  # exactly half are satisfied
        (28, 1, 0, 56, "satisfied", "basically_satisfied", "dissatisfied"),
        (29, 0, 27, 56, "satisfied", "satisfied", "dissatisfied"),
        (20, 8, 28, 56, "basically_satisfied", "dissatisfied", "dissatisfied"),  # exactly half with 基本满意
        (20, 9, 27, 56, "basically_satisfied", "basically_satisfied", "dissatisfied"),
        (20, 7, 29, 56, "dissatisfied", "dissatisfied", "dissatisfied"),
        (20, 0, 0, 56, "dissatisfied", "dissatisfied", "dissatisfied"),  # silence is never counted as satisfied
        (0, 0, 56, 56, "dissatisfied", "dissatisfied", "dissatisfied"),
        (20, 20, 20, 60, "basically_satisfied", "basically_satisfied", "basically_satisfied"),  # all equal
        (40, 0, 20, 60, "satisfied", "satisfied", "satisfied"),  # exactly two thirds
        (14, 0, 0, 27, "satisfied", "satisfied", "dissatisfied"),  # an odd roll has no exact half
        (13, 0, 14, 27, "dissatisfied", "dissatisfied", "dissatisfied"),
        (0, 0, 0, 56, None, None, None),  # nobody answered
        (0, 0, 0, 0, None, None, None),  # nobody on the roll
    ],
)
def test_the_class_by_the_frozen_roll(
    satisfied: int, basically: int, dissatisfied: int, roll: int,
    half_counts: str | None, more_than_half: str | None, two_thirds: str | None,
) -> None:  # fmt: skip
    votes = {"satisfied": satisfied, "basically": basically, "dissatisfied": dissatisfied, "roll": roll}
    found = [class_of(**votes, rule=rule) for rule in (HALF, MORE_THAN_HALF, TWO_THIRDS)]
    assert found == [half_counts, more_than_half, two_thirds]


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(1, 3, "33.3%"), (2, 3, "66.7%"), (1, 8, "12.5%"), (1, 16, "6.3%"), (5, 5, "100.0%"), (0, 5, "0.0%"),
     (2999, 3000, "99.9%"), (1, 30000, "0.1%"), (0, 0, "")],
)  # fmt: skip
def test_a_rate_has_one_decimal_and_never_says_all_of_nearly_all(part: int, whole: int, words: str) -> None:
    assert percent_in_words(part, whole) == words


def test_rates_of_whole_numbers_do_not_drift() -> None:
    assert [tenths(part, 999) for part in (1, 333, 666, 998, 999)] == [1, 333, 667, 999, 1000]


@pytest.mark.parametrize(("counts", "mean"), [((0, 0, 0, 0, 5), 50), ((1, 0, 0, 0, 1), 30), ((0, 0, 1, 2, 0), 37)])
def test_the_mean_of_the_stars_in_tenths(counts: tuple[int, ...], mean: int) -> None:
    assert StarTally(counts).added_up.mean_tenths == mean


def waiting(*counted: int, unit: int = 1, first: int = 1) -> list[Waiting]:
    return [Waiting(first + at, "ledger", "resident", 7, unit, count) for at, count in enumerate(counted)]


def test_small_rounds_of_one_unit_wait_until_they_make_five() -> None:
    assert batches_due(waiting(1, 1, 1, 1)) == []
    assert [batch.rounds for batch in batches_due(waiting(1, 1, 1, 1, 0, 1))] == [(1, 2, 3, 4, 5, 6)]


def test_a_round_with_five_is_a_batch_of_its_own_and_does_not_carry_a_small_one() -> None:
    assert [batch.rounds for batch in batches_due(waiting(4, 6))] == [(2,)]


def test_units_are_put_together_by_the_quarter_only() -> None:
    left = waiting(3) + waiting(2, unit=2, first=9)
    assert batches_due(left) == []
    assert [(batch.pool.unit, batch.rounds) for batch in batches_of_quarter(left)] == [(None, (1, 9))]
    assert batches_of_quarter(left[:1]) == []
