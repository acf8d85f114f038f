"""Rules and the table of moves, without a database."""

import pytest

from participation.oversight.rules import ballots_fit, missing_dispatches, session_fits
from participation.oversight.states import FINAL, Action, State, actions_from, next_state


def test_the_table_of_legal_moves() -> None:
    moves = {state: {action.value: next_state(action, state) for action in actions_from(state)} for state in State}
    assert moves == {
        State.PLANNED: {
            "revise": State.PLANNED, "submit_report": State.PLANNED, "publish_report": State.REPORT_PUBLISHED,
            "cancel": State.CANCELLED,
        },
        State.REPORT_PUBLISHED: {"hold_meeting": State.MEETING, "cancel": State.CANCELLED},
        State.MEETING: {"open_rating": State.RATING_OPEN, "cancel": State.CANCELLED},
        State.RATING_OPEN: {
            "hand_out_paper": State.RATING_OPEN, "count_paper": State.RATING_OPEN, "close_rating": State.COUNTED,
        },
        State.COUNTED: {"confirm_result": State.RESULT_CONFIRMED},
        State.RESULT_CONFIRMED: {
            "dispatch": State.DISPATCHED, "confirm_receipt": State.RESULT_CONFIRMED,
            "record_consent": State.RESULT_CONFIRMED,
        },
        State.DISPATCHED: {
            "confirm_receipt": State.DISPATCHED, "record_consent": State.DISPATCHED,
            "publish_result": State.PUBLISHED, "archive": State.ARCHIVED,
        },
        State.PUBLISHED: {"confirm_receipt": State.PUBLISHED, "archive": State.ARCHIVED},
        State.ARCHIVED: {"confirm_receipt": State.ARCHIVED},
        State.CANCELLED: {},
    }  # fmt: skip


def test_nothing_leads_out_of_the_end() -> None:
    assert {next_state(action, state) for state in FINAL for action in Action} == {None, State.ARCHIVED}


@pytest.mark.parametrize(
    ("sent", "missing"),
    [
        ([], ("party_committee", "superior_department", "filing_authority")),
        (["filing_authority", "party_committee"], ("superior_department",)),
        (["superior_department", "filing_authority", "party_committee"], ()),
    ],
)
def test_three_dispatches_in_any_order(sent: list[str], missing: tuple[str, ...]) -> None:
    assert missing_dispatches(sent) == missing


def test_counts_that_cannot_be_are_refused() -> None:
    assert [session_fits(expected=10, attended=each) for each in (0, 1, 10, 11)] == [False, True, True, False]
    cases = [(10, 10, 10, 10), (10, 10, 9, 8), (10, 11, 9, 8), (10, 8, 9, 8), (10, 9, 7, 8)]
    found = [ballots_fit(roll=a, issued=b, returned=c, answered=d) for a, b, c, d in cases]
    assert found == [True, True, False, False, False]
