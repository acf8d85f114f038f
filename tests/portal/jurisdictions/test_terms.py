"""Definitions, presets, and changing terms: only forwards, checked, with before and after in the trail."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from portal.jurisdictions.models import Division, TermsPeriod
from portal.jurisdictions.selectors import term, terms_in_force, terms_kept
from portal.jurisdictions.services.terms import (
    TermsRefused,
    add_terms_period,
    apply_preset,
    withdraw_planned_period,
)
from portal.jurisdictions.terms import TermDefinition, TermKind, definition, definitions, register_term
from portal.jurisdictions.terms.presets import CHANGSHA, PRESETS, XIANGXIANG, StatedValue
from portal.trail.selectors import history_of
from tests.conftest import Cast

NOON = "2026-03-10 12:00:00+08:00"
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def state(division: Division, starts_on: date | None, reason: str = "试点", **values: Any) -> TermsPeriod:
    stated = {key: StatedValue(value) for key, value in values.items()}
    return add_terms_period(division=division, starts_on=starts_on, values=stated, reason=reason)


def refusal(*args: Any, **values: Any) -> dict[str, str]:
    with pytest.raises(TermsRefused) as caught:
        state(*args, **values)
    return caught.value.problems


# --- Definitions and presets
def test_every_setting_named_in_the_design_is_defined() -> None:
    named = [
        "member_label",
        "council_label",
        "meetings_min",
        "meetings_max",
        "meetings_quarters",
        "quorum_num",
        "quorum_den",
        "seat_min",
        "seat_max",
        "ratio_cadre_num",
        "ratio_institution_num",
        "ratio_women_num",
        "notice_workdays",
        "nomination_methods",
        "board_enabled",
        "ballot_label",
        "assign_months",
        "target_months",
        "limit_months",
        "notice_days_council",
        "notice_days_committee",
        "filing_types",
        "upper_route",
        "chair_rule",
        "opinion_instrument_name",
        "face_to_face_required",
        "term_years",
        "certificate",
        "ballot_quarter",
        "cadre_counts_as_institution",
        "appraisal_public",
        "number_source",
        "resident_promise_days",
        "ballot_electorate",
        "review_levels",
        "return_workdays",
        "rating_days",
        "objection_days",
        "rework_months",
        "pause_allowed",
        "comment_review",
        "resident_snaps",
        "message_answer_days",
        "regulation_documents",
        "clock_start",
    ]
    assert named - definitions().keys() == set()


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_holds_every_setting_with_a_fit_value(preset: Any) -> None:
    assert preset.values.keys() == definitions().keys()
    assert {k: p for k, v in preset.values.items() if (p := definition(k).problem_with(v.value))} == {}
    assert {k for k, v in preset.values.items() if not v.is_confirmed and not v.note} == set()


@pytest.mark.parametrize(
    ("key", "changsha", "xiangxiang"),
    [
        ("member_label", "议事代表", "居民议事员"),
        ("council_label", "街道居民议事会议", "街道居民议事会"),
        ("meetings_min", 2, 1),
        ("meetings_max", 2, 2),
        ("meetings_quarters", ["1", "4"], []),
        ("quorum_num", 2, None),
        ("quorum_den", 3, None),
        ("seat_min", 30, None),
        ("seat_max", 100, None),
        ("ratio_cadre_den", 3, None),
        ("ratio_institution_den", 10, None),
        ("ratio_women_den", 3, None),
        ("notice_workdays", 5, None),
        ("nomination_methods", ["self", "community", "unit"], ["self", "community", "election"]),
        ("board_enabled", True, False),
        ("ballot_label", "票选", "票决"),
        ("assign_months", 1, None),
        ("target_months", 3, None),
        ("limit_months", 6, None),
        ("notice_days_committee", None, 10),
        ("filing_types", ["member_list"], ["inspection_report", "appraisal_result"]),
        ("chair_rule", "director", "director_or_delegate"),
        ("opinion_instrument_name", "书面意见", "人大街道工委意见函"),
        ("face_to_face_required", False, True),
        ("return_workdays", 3, 3),
        ("rating_days", 15, 15),
        ("rework_months", 1, 1),
    ],
)
def test_the_presets_differ_as_the_documents_do(key: str, changsha: Any, xiangxiang: Any) -> None:
    assert (CHANGSHA.values[key].value, XIANGXIANG.values[key].value) == (changsha, xiangxiang)


def test_what_the_documents_leave_open_is_marked() -> None:
    assert not XIANGXIANG.values["reception_scheme"].is_confirmed
    assert not CHANGSHA.values["filing_days"].is_confirmed
    assert XIANGXIANG.values["meetings_min"].is_confirmed


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("notice_workdays", 0, "请填 1 到 60 之间的整数。"),
        ("notice_workdays", 1, ""),
        ("notice_workdays", 60, ""),
        ("notice_workdays", 61, "请填 1 到 60 之间的整数。"),
        ("notice_workdays", True, "请填整数。"),
        ("notice_workdays", None, ""),
        ("rating_days", None, "请填写。"),
        ("board_enabled", "yes", "请选“是”或“否”。"),
        ("ballot_label", "选举", "请从列出的选项中选。"),
        ("filing_types", ["member_list", "member_list"], "请从列出的选项中选。"),
        ("member_label", "长" * 201, "请填不超过200个字的文字。"),
    ],
)
def test_each_kind_of_value_is_checked(key: str, value: Any, problem: str) -> None:
    assert definition(key).problem_with(value) == problem


def test_one_key_cannot_mean_two_things() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        register_term(TermDefinition("rating_days", TermKind.INTEGER, "另一个", default=7))


# --- Changing
def test_a_change_holds_from_its_day_and_stands_in_the_trail(changsha: Division) -> None:
    state(changsha, TODAY + timedelta(days=1), term_years=4, rating_days=15)
    assert term(changsha, "term_years") is None
    assert term(changsha, "term_years", on=TODAY + timedelta(days=1)) == 4
    entry = history_of("division", changsha.key)[-1]
    assert (entry.verb, entry.reason, entry.detail["starts_on"]) == ("terms_changed", "试点", "2026-03-11")
    assert (entry.detail["before"], entry.detail["after"]) == ({"term_years": None}, {"term_years": 4})
    assert entry.detail["stated"] == ["rating_days", "term_years"]


def test_what_has_been_in_force_cannot_be_changed_backwards(changsha: Division) -> None:
    state(changsha, None, term_years=5)
    message = "已经使用过的口径不能往回改。请填今天或以后的日期。"
    assert refusal(changsha, None, term_years=4) == {"starts_on": message}
    assert refusal(changsha, TODAY - timedelta(days=1), term_years=4) == {"starts_on": message}
    assert term(changsha, "term_years", on=date(2020, 1, 1)) == 5


def test_inherited_terms_in_use_cannot_be_changed_backwards_either(changsha: Division) -> None:
    state(changsha, None, term_years=5)
    below = Division.objects.get(code="430111012000")
    assert refusal(below, TODAY - timedelta(days=1), term_years=4).keys() == {"starts_on"}


def test_the_first_terms_of_a_division_may_begin_in_the_past_with_a_reason(changsha: Division) -> None:
    assert refusal(changsha, date(2025, 3, 28), reason=" ", term_years=4) == {"reason": "补录以前的口径要写明理由。"}
    state(changsha, date(2025, 3, 28), reason="补录", term_years=4)
    assert term(changsha, "term_years", on=date(2025, 3, 28)) == 4


def test_a_period_of_today_is_in_use_and_one_of_tomorrow_takes_more(changsha: Division) -> None:
    state(changsha, TODAY, term_years=4)
    assert refusal(changsha, TODAY, term_years=5).keys() == {"starts_on"}
    tomorrow = TODAY + timedelta(days=1)
    state(changsha, tomorrow, term_years=5)
    state(changsha, tomorrow, term_years=6)
    state(changsha, tomorrow, notice_workdays=8)
    assert [p.values["term_years"]["value"] for p in changsha.terms_periods.newest_first()] == [6, 4]
    assert terms_in_force(changsha, tomorrow).notice_workdays == 8


def test_a_second_press_plans_and_records_nothing_more(changsha: Division) -> None:
    day = TODAY + timedelta(days=1)
    first = state(changsha, day, term_years=5)
    written = len(history_of("division", changsha.key))
    assert state(changsha, day, term_years=5) == first
    assert len(history_of("division", changsha.key)) == written
    assert state(changsha, day, term_years=4) != first


def test_a_planned_period_can_be_withdrawn_and_one_in_use_cannot(changsha: Division) -> None:
    used = state(changsha, TODAY, term_years=4)
    planned = state(changsha, TODAY + timedelta(days=1), term_years=5)
    with pytest.raises(TermsRefused, match="请填写撤销的理由"):
        withdraw_planned_period(period=planned, reason=" ")
    withdraw_planned_period(period=planned, reason="录错")
    with pytest.raises(TermsRefused):
        withdraw_planned_period(period=used, reason="录错")
    assert list(changsha.terms_periods.all()) == [used]
    assert history_of("division", changsha.key)[-1].verb == "terms_withdrawn"


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({}, {"": "没有改动任何口径。"}),
        ({"no_such": 1}, {"": "不认识的口径：no_such。"}),
        ({"term_years": 11}, {"term_years": "请填 1 到 10 之间的整数。"}),
        ({"quorum_num": 2}, {"quorum_den": "分子和分母要么都填，要么都留空。"}),
        ({"quorum_num": 4, "quorum_den": 3}, {"quorum_num": "分子不能大于分母。"}),
        ({"seat_min": 100, "seat_max": 30}, {"seat_max": "不能小于对应的下限 100。"}),
        ({"target_months": 6, "limit_months": 3}, {"limit_months": "不能小于对应的下限 6。"}),
    ],
)
def test_unfit_values_are_refused_and_nothing_is_written(
    changsha: Division, values: dict[str, Any], problems: dict[str, str]
) -> None:
    entries = len(history_of("division", changsha.key))
    assert refusal(changsha, TODAY, **values) == problems
    assert (TermsPeriod.objects.count(), len(history_of("division", changsha.key))) == (0, entries)


def test_values_are_judged_together_with_what_is_inherited(changsha: Division) -> None:
    apply_preset(division=changsha, preset="changsha")
    below = Division.objects.get(code="430111012000")
    assert refusal(below, TODAY, limit_months=2) == {"limit_months": "不能小于对应的下限 3。"}


def test_only_those_with_the_right_may_change(changsha: Division, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        add_terms_period(division=changsha, starts_on=TODAY, values={"term_years": StatedValue(4)}, actor=cast.resident)
    assert TermsPeriod.objects.count() == 0


def test_a_change_is_seen_in_the_same_request(changsha: Division) -> None:
    with terms_kept():
        assert term(changsha, "term_years") is None
        state(changsha, TODAY, term_years=4)
        assert term(changsha, "term_years") == 4


# --- Presets
def test_a_preset_holds_from_the_documents_own_day(xiangxiang: Division, changsha: Division) -> None:
    assert apply_preset(division=xiangxiang, preset="xiangxiang")[0].starts_on == date(2025, 3, 28)
    assert apply_preset(division=changsha, preset="changsha")[0].starts_on is None
    assert terms_in_force(xiangxiang, date(2025, 3, 27)).regulation_documents == []
    assert terms_in_force(xiangxiang, date(2025, 3, 28)).ballot_label == "票决"


def test_a_preset_again_changes_nothing(xiangxiang: Division, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("apply_preset", "xiangxiang")
    entries = len(history_of("division", xiangxiang.key))
    call_command("apply_preset", "xiangxiang")
    assert capsys.readouterr().out == "湘潭市湘乡市：已套用（2025-03-28）。\n湘潭市湘乡市：未变（2025-03-28）。\n"
    assert (TermsPeriod.objects.count(), len(history_of("division", xiangxiang.key))) == (1, entries)


def test_a_preset_over_terms_in_use_begins_today(xiangxiang: Division) -> None:
    state(xiangxiang, date(2025, 1, 1), reason="补录", term_years=3)
    period, is_new = apply_preset(division=xiangxiang, preset="xiangxiang")
    assert (period.starts_on, is_new) == (timezone.localdate(), True)
    assert term(xiangxiang, "term_years", on=TODAY - timedelta(days=1)) == 3
