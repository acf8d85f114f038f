from datetime import date, time
from typing import Any

import pytest

from liaison_stations.receptions.rules.booking import free_seat, slots
from liaison_stations.receptions.rules.conflicts import Slot, conflicts
from liaison_stations.receptions.rules.naming import Host, names_in_public

pytestmark = pytest.mark.once


def slot(key: str, start: int, end: int, station: str = "main", **facts: Any) -> Slot:
    return Slot(key, key, date(2026, 12, 3), time(start), time(end), station, **facts)


A = frozenset({"7|县级代表示例"})


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        (slot("a", 9, 11), slot("b", 11, 12), []),  # one begins when the other ends
        (slot("a", 9, 11, people=A), slot("b", 10, 12, "site", people=A), ["person"]),
        (slot("a", 9, 11, "main", venue="hall"), slot("b", 10, 12, "site", venue="hall"), ["place"]),
        (slot("a", 9, 11), slot("b", 10, 12), ["time"]),
        (slot("a", 9, 11, venue="hall"), slot("b", 10, 12, venue="corridor"), []),  # two rooms of one station
        (slot("a", 9, 11), slot("b", 10, 12, "site"), []),
    ],
)
def test_clashes_of_people_places_and_times(first: Slot, second: Slot, kinds: list[str]) -> None:
    assert [each.kind for each in conflicts([first, second])] == kinds
    assert [each.kind for each in conflicts([first], [second])] == kinds


def test_a_session_does_not_clash_with_its_own_stored_row() -> None:
    assert conflicts([slot("a", 9, 11)], [slot("a", 9, 11)]) == []


def test_a_person_clash_names_the_person_and_both_places() -> None:
    [found] = conflicts([slot("主站", 9, 11, people=A), slot("园区点", 10, 12, "site", people=A)])
    assert str(found) == "县级代表示例12月3日09:00—11:00已安排在“园区点”，与“主站”时间重叠。"
    assert found.is_hard


def test_slots_divide_the_session_and_the_last_takes_the_rest() -> None:
    assert slots(time(9), time(11), None) == [(time(9), time(11))]
    assert slots(time(9), time(10, 10), 30) == [(time(9), time(9, 30)), (time(9, 30), time(10, 10))]
    assert slots(time(9), time(9, 20), 30) == [(time(9), time(9, 20))]


def test_the_lowest_free_seat_is_given_and_none_beyond_the_capacity() -> None:
    assert [free_seat(taken, 3) for taken in ({}, {1, 3}, {1, 2, 3})] == [1, 2, None]


HOSTS = [Host("甲", attended=True), Host("乙", is_leading_cadre=True, attended=True), Host("丙", attended=False)]


@pytest.mark.parametrize(
    ("is_held", "cadres_ahead", "names"),
    [
        (False, False, ["甲", "丙", "领导干部代表1名"]),
        (False, True, ["甲", "乙", "丙"]),
        (True, False, ["甲", "乙"]),
    ],
)
def test_leading_cadres_are_named_ahead_by_the_terms_only(is_held: bool, cadres_ahead: bool, names: list[str]) -> None:
    assert names_in_public(HOSTS, is_held=is_held, cadres_ahead=cadres_ahead) == names
