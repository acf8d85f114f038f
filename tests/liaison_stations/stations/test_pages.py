"""Stations as visitors see them."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liaison_stations.stations.models import DeliberationVenue, LiaisonStation, StationStaff
from liaison_stations.stations.selectors import staff_differences, staff_of
from portal.accounts.models import CommitteePost
from tests.conftest import Cast
from tests.factories.stations import site, station
from tests.home.test_workflow import ELSEWHERE, division

POSTS = [
    ("director", "主任甲"),
    ("vice_director", "副主任乙"),
    ("rotating_deputy_head", "代表丙"),
    ("officer", "专干丁"),
]


def committee() -> None:
    for post, name in POSTS:
        CommitteePost.objects.create(division=division(), post=post, name=name, starts_on="2025-01-01")


def listed(client: Client, query: str) -> list[str]:
    return [row.title for row, _place in client.get(f"/stations/?{query}").context["rows"]]


@pytest.mark.django_db
def test_a_main_station_derives_its_staff_from_the_committees_posts_a_site_does_not(divisions: None) -> None:
    committee()
    main = station(division())
    assert [(row.role, row.name) for row in staff_of(main)] == [
        ("head", "主任甲"),
        ("deputy_head", "副主任乙"),
        ("rotating_deputy_head", "代表丙"),
        ("liaison_officer", "专干丁"),
    ]
    assert staff_of(site(main)) == []


@pytest.mark.django_db
def test_entered_staff_that_differs_from_the_posts_is_a_warning_by_name_and_clause(divisions: None) -> None:
    committee()
    main = station(division())
    for place, (role, name) in enumerate(
        [("head", "主任甲"), ("deputy_head", "别人"), ("rotating_deputy_head", "代表丙"), ("liaison_officer", "专干丁")]
    ):
        StationStaff.objects.create(station=main, role=role, name=name, sort_order=place)
    assert staff_differences(main) == [("deputy_head", "别人", True), ("deputy_head", "副主任乙", False)]
    found = main.own_findings()
    assert [(each.field, each.blocks) for each in found] == [("staff", False)] * 2
    assert "第十四条（二）" in found[0].message
    assert staff_differences(site(main)) == []


@pytest.mark.django_db
def test_the_directory_is_found_by_place_by_kind_and_by_the_community_one_says(client: Client, cast: Cast) -> None:
    here, there = division(), division(ELSEWHERE)
    community = here.children.create(name="凤凰社区", level="community", code=f"{here.code[:9]}901")
    main = station(here, "望春门站")
    site(main, "园区点", kind="park", slug="park")
    station(there, "别处站")
    draft = station(here, "草稿站", slug="draft")
    draft.unpublish()
    assert community.path.startswith(here.path)
    assert sorted(listed(client, "")) == sorted(["望春门站", "园区点", "别处站"])
    assert listed(client, f"division={here.key}") == ["望春门站", "园区点"]
    assert listed(client, "kind=park") == ["园区点"]
    assert listed(client, "q=凤凰社区") == ["望春门站", "园区点"]
    assert listed(client, "q=没有这里") == []
    wrong = client.get("/stations/?division=000000000000")
    assert "没有这个区划，请从列表中选择" in wrong.content.decode() and wrong.context["rows"] == []


@pytest.mark.django_db
def test_directory_and_station_ask_as_often_for_few_as_for_many(client: Client, cast: Cast) -> None:
    main = station(division())

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        site(main, f"点{number}", slug=f"p{number}", latitude=Decimal("27.7"), longitude=Decimal("112.5"))
        DeliberationVenue.objects.create(name=f"厅{number}", kind="hall", division=division(), station=main)

    add(0)
    addresses = ["/stations/?kind=", main.url, "/stations/venues/?kind=", "/stations/points.json?x=1"]
    before = [queries(address) for address in addresses]
    for number in range(1, 6):
        add(number)
    assert [queries(address) for address in addresses] == before


@pytest.mark.django_db
def test_a_station_tells_how_it_is_found_and_what_it_has(client: Client, cast: Cast) -> None:
    main = station(
        division(),
        address="城正街1号（示例）",
        phone="0731-0000 0000",
        latitude=Decimal("27.73300"),
        longitude=Decimal("112.53540"),
    )
    site(main, "东片区联络点")
    DeliberationVenue.objects.create(name="议事厅甲", kind="hall", division=division(), station=main)
    DeliberationVenue.objects.create(name="停用厅", kind="hall", division=division(), station=main, is_active=False)
    page = client.get(main.url).content.decode()
    assert 'href="tel:073100000000"' in page
    assert "https://uri.amap.com/marker?position=112.53540%2C27.73300" in page
    assert "东片区联络点" in page and "议事厅甲" in page and "停用厅" not in page
    assert client.get("/stations/points.json").json() == {
        "stations": [
            {"name": main.title, "url": main.url, "address": "城正街1号（示例）", "lat": 27.733, "lon": 112.5354}
        ]
    }


@pytest.mark.django_db
def test_half_a_coordinate_and_a_taken_address_are_told_by_the_field(divisions: None) -> None:
    page = LiaisonStation(title="站", slug="venues", division=division())
    with pytest.raises(Exception, match="这个网址名已被网站功能占用"):
        page.clean()
    page.slug, page.latitude = "s1", Decimal("27.7")
    with pytest.raises(Exception, match="经度和纬度要么都填，要么都不填"):
        page.clean()
