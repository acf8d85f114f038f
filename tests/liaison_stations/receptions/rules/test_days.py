from datetime import date

import pytest

from liaison_stations.receptions.rules.days import (
    days_of_month,
    is_day_rule,
    rule_in_words,
    rule_of_words,
    same_place_in_month,
    shifts,
)
from liaison_stations.receptions.rules.planning import Draft, Place, Standing, drafts_for_month, is_short_notice
from liaison_stations.receptions.rules.presets import PRESETS
from portal.workdays.adapters import published
from portal.workdays.rules import Calendar

pytestmark = pytest.mark.once
CALENDAR = Calendar(published)


@pytest.mark.parametrize(
    ("rule", "days", "words"),
    [
        ("", [], "不限日期"),
        ("day:15", [15], "每月15日"),
        ("days:4,14,24", [4, 14, 24], "每月4、14、24日"),
        ("day:31", [], "每月31日"),  # February has none
        ("weekday:3", [4, 11, 18, 25], "每周三"),
        ("weekday:6:2", [14], "每月第2个周六"),
        ("weekday:6:5", [], "每月第5个周六"),
    ],
)
def test_a_day_rule_names_the_days_of_a_month(rule: str, days: list[int], words: str) -> None:
    assert [day.day for day in days_of_month(rule, 2026, 2)] == days
    assert rule_in_words(rule) == words


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("每月15日", "day:15"),
        ("15号", "day:15"),
        ("每月4、14、24日", "days:4,14,24"),
        ("每月 4日，14日和24日", "days:4,14,24"),
        ("每周三", "weekday:3"),
        ("每星期天", "weekday:7"),
        ("每月第二个星期六", "weekday:6:2"),
        ("每月第2个周六", "weekday:6:2"),
        ("不限日期", ""),
        ("weekday:3", "weekday:3"),
    ],
)
def test_a_day_rule_is_written_as_people_say_it(words: str, rule: str) -> None:
    assert rule_of_words(words) == rule
    assert rule_of_words(rule_in_words(rule)) == rule


@pytest.mark.parametrize("rule", ["day:0", "day:32", "days:", "days:4,", "weekday:8", "weekday:3:6", "every day"])
def test_what_is_no_day_rule_is_refused(rule: str) -> None:
    assert not is_day_rule(rule)


def test_only_public_holidays_are_shifted_and_weekends_stand() -> None:
    days = {"holiday": date(2026, 10, 1), "weekend": date(2026, 11, 14), "weekday": date(2026, 11, 16)}
    [shift] = shifts(days.items(), CALENDAR)
    assert (shift.key, shift.to) == ("holiday", date(2026, 10, 8))
    assert "国庆" in shift.why


def test_copying_keeps_the_weekday_and_its_turn() -> None:
    assert same_place_in_month(date(2026, 11, 11), 2026, 12) == date(2026, 12, 9)  # the second Wednesday
    assert same_place_in_month(date(2026, 12, 30), 2027, 1) == date(2027, 1, 27)  # a fifth one is the last


PLACES = [Place("main", True), Place("a", False), Place("b", False)]


def test_a_month_is_drafted_over_main_station_and_sites_in_turn() -> None:
    found = drafts_for_month(PRESETS["A"], PLACES, [], CALENDAR, 2026, 12)
    assert sorted(draft.place for draft in found) == ["a", "a", "b", "b", "main"]
    assert all(CALENDAR.day(draft.day).is_workday for draft in found)


def test_what_stands_already_is_not_drafted_again() -> None:
    standing = [Standing(date(2026, 12, 3), "main", True), Standing(date(2026, 12, 4), "a", False)]
    found = drafts_for_month(PRESETS["A"], PLACES, standing, CALENDAR, 2026, 12)
    assert [draft.requirement for draft in found] == ["站点接待"] * 3
    assert drafts_for_month(PRESETS["A"], PLACES[:1], standing, CALENDAR, 2026, 12) == []  # no site, nothing for sites


def test_days_follow_the_rule_and_never_lie_in_the_past() -> None:
    found = drafts_for_month(PRESETS["C"], PLACES[:1], [], CALENDAR, 2026, 12, not_before=date(2026, 12, 10))
    assert [(draft.day.day, draft.requirement) for draft in found] == [
        (15, "集中接待"), (16, "轮值接待"), (23, "轮值接待"), (30, "轮值接待"),
    ]  # fmt: skip
    assert isinstance(found[0], Draft)


@pytest.mark.parametrize(("day", "is_short"), [(1, True), (3, True), (4, False)])
def test_three_days_ahead_is_early_enough(day: int, is_short: bool) -> None:
    assert is_short_notice(date(2026, 12, day), date(2026, 12, 1)) is is_short
