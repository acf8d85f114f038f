"""What is decided from facts on paper."""

from datetime import date

import pytest

from liaison_stations.records.rules.diversion import channels_hinted_at
from liaison_stations.records.rules.naming import format_number, record_series
from liaison_stations.records.rules.recording import may_be_recorded, names_the_visitor, words_never_said
from liaison_stations.records.states import MOVES, Action, State

pytestmark = pytest.mark.once
TODAY = date(2026, 9, 20)


def test_numbers_are_nine_digits_a_year_and_six_digits() -> None:
    assert format_number(record_series("430381001000", 2026), 7) == "JD-430381001-2026-000007"


@pytest.mark.parametrize(
    ("is_held", "is_published", "on", "may"),
    [
        (True, False, date(2026, 9, 1), True),
        (False, True, TODAY, True),
        (False, True, date(2026, 9, 19), False),
        (False, False, TODAY, False),
    ],
)
def test_a_visitor_is_written_down_on_the_day_or_once_it_was_held(
    is_held: bool, is_published: bool, on: date, may: bool
) -> None:
    assert may_be_recorded(is_held=is_held, is_published=is_published, on=on, today=TODAY) is may


def test_nobody_says_at_the_table_that_it_is_solved() -> None:
    assert words_never_said("已反映给社区，路灯已解决") == ["已解决"]
    assert words_never_said("已反映") == []


def test_the_visitors_name_is_not_for_the_public() -> None:
    assert names_the_visitor("示例甲", "示例甲家门口的路灯")
    assert not names_the_visitor("甲", "甲栋的路灯")


def test_matters_before_a_court_a_tribunal_or_in_reconsideration_are_hinted_at() -> None:
    assert channels_hinted_at("已经申请劳动仲裁") == ["arbitration"]
    assert channels_hinted_at("对行政复议决定不服，已经起诉") == ["reconsideration", "court"]
    assert channels_hinted_at("路灯坏了") == []


def test_nothing_leads_out_of_what_was_handed_over() -> None:
    handed_over = {State.OPENED, State.PROPOSED}
    assert {action for action in Action if handed_over & set(MOVES.get(action, {}))} == set()
