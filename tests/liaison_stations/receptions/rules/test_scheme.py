"""“1+4” under each of its readings: the same facts, counted as each preset asks."""

from datetime import date
from typing import Any

import pytest

from liaison_stations.receptions.rules.presets import PRESETS
from liaison_stations.receptions.rules.scheme import Requirement, Session, check_month, host_roles

pytestmark = pytest.mark.once
DEPUTY = host_roles(level="county", is_leading_cadre=False)
CADRE = host_roles(level="county", is_leading_cadre=True)
OF_THE_CITY = host_roles(level="city", is_leading_cadre=False)


def session(day: int, *, station: str = "main", hosts: Any = (DEPUTY,), **facts: Any) -> Session:
    key = facts.pop("key", f"{station}{day}")
    return Session(key, station, station == "main", date(2026, 12, day), hosts=tuple(hosts), **facts)


def shown(preset: str, held: list[Session]) -> list[str]:
    return [str(each) for each in check_month(PRESETS[preset], held)]


FIVE = [session(1), *(session(day, station=f"site{day}") for day in (2, 9, 16, 23))]
LEGAL = tuple(frozenset({role}) for role in ("judge", "procurator", "chief", "member"))


@pytest.mark.parametrize(
    ("preset", "held", "wanted"),
    [
        ("A", FIVE, ["1/1", "4/4"]),
        ("A", FIVE[:4], ["1/1", "3/4"]),
        ("A", [], ["0/1", "0/4"]),
        ("A", [session(1, hosts=())], ["0/1", "0/4"]),  # nobody came
        ("B", [session(1, guests=LEGAL)], ["1/1"]),
        ("B", [session(1, guests=LEGAL[:3])], ["0/1"]),
        ("B", [session(1, guests=(LEGAL[0] | LEGAL[1], LEGAL[2], LEGAL[3]))], ["0/1"]),  # one guest is not two
        ("C", [session(15), *(session(day) for day in (2, 9, 16, 23))], ["1/1", "4/4"]),
        ("C", [session(day) for day in (2, 9, 16, 23)], ["0/1", "4/4"]),
        ("C", [session(17, planned_day=date(2026, 12, 15))], ["1/1", "0/4"]),  # shifted off a holiday
        ("D", [session(1, hosts=[CADRE, *[DEPUTY] * 4])], ["1/1"]),
        ("D", [session(1, hosts=[OF_THE_CITY, *[DEPUTY] * 4])], ["1/1"]),
        ("D", [session(1, hosts=[DEPUTY] * 5)], ["0/1"]),
        ("D", [session(1, hosts=[CADRE, *[DEPUTY] * 3])], ["0/1"]),  # the cadre is not one of the other four as well
        ("E", [session(1, tasks=("宣讲", "接待", "走访", "反馈"))], ["1/1"]),
        ("E", [session(1, tasks=("接待",))], ["0/1"]),
    ],
)
def test_each_reading_counts_the_same_facts_in_its_own_way(preset: str, held: list[Session], wanted: list[str]) -> None:
    assert shown(preset, held) == wanted


def test_a_session_counts_for_one_requirement_only_and_goes_where_it_is_needed() -> None:
    both = [Requirement("任意", 1), Requirement("主站", 1, venue_kind="main")]
    assert [str(each) for each in check_month(both, [session(1), session(2, station="site2")])] == ["1/1", "1/1"]
    assert [str(each) for each in check_month(both, [session(1)])] == ["1/1", "0/1"]


def test_distinct_sites_count_each_site_once() -> None:
    requirement = Requirement("站点", 4, venue_kind="site", distinct_sites=True)
    held = [session(day, station=station) for day, station in ((2, "a"), (3, "a"), (4, "b"))]
    [found] = check_month([requirement], held)
    assert (str(found), found.is_met) == ("2/4", False)


def test_more_than_asked_for_is_shown() -> None:
    [_main, sites] = check_month(PRESETS["A"], [*FIVE, session(30, station="site30")])
    assert (str(sites), sites.is_met) == ("5/4", True)


def test_a_guest_who_stands_for_one_of_the_roles_is_enough_for_at_least_one() -> None:
    requirement = Requirement("法律", 1, guest_roles=("judge", "chief"), guest_mode="at_least_one")
    assert [str(each) for each in check_month([requirement], [session(1, guests=LEGAL[2:])])] == ["1/1"]
    assert [str(each) for each in check_month([requirement], [session(1, guests=LEGAL[3:])])] == ["0/1"]
