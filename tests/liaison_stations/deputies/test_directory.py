"""The public directory: who is shown to whom and by which filter, and nothing private anywhere in it."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liaison_stations.deputies.models import Deputy, ElectoralDistrict
from liaison_stations.deputies.rules import periods, person_data
from liaison_stations.deputies.selectors import performance_of
from portal.follows.selectors import is_following
from portal.jurisdictions.selectors import communities_of
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories.proposals import other_subdistrict, subdistrict
from tests.factories.stations import station

YESTERDAY = timedelta(days=1)


@pytest.mark.once
def test_a_mandate_that_is_over_is_counted_to_its_last_day() -> None:
    first, last, today = date(2024, 5, 1), date(2025, 6, 30), date(2026, 3, 1)
    assert periods(first, last, today) == ((date(2025, 1, 1), last), (first, last))
    assert periods(date(2026, 2, 1), None, today) == ((date(2026, 2, 1), today), (date(2026, 2, 1), today))


@pytest.mark.once
def test_programs_are_told_name_and_office_only() -> None:
    told = person_data(
        name="甲示例", title="湘乡市人大代表", congress="湘乡市人民代表大会", url="https://x/deputies/1/"
    )
    assert sorted(told) == ["@context", "@type", "jobTitle", "mainEntityOfPage", "memberOf", "name"]


@pytest.fixture
def listed(cast: Cast, client: Client) -> Any:
    """The names on the list at an address."""

    def names(query: str = "") -> list[str]:
        answer = client.get(f"/deputies/{query}")
        assert answer.status_code == 200
        return [deputy.name for deputy, _place in answer.context["rows"]]

    return names


@pytest.mark.django_db
def test_the_list_shows_who_is_in_office_from_the_top_level_down(cast: Cast, listed: Any) -> None:
    today = timezone.localdate()
    ledger.deputy(name="甲县级示例")
    ledger.deputy(name="乙省级示例", level="province")
    ledger.deputy(name="丙卸任示例", ends_on=today - YESTERDAY)
    ledger.deputy(name="丁未到任示例", starts_on=today + YESTERDAY)
    ledger.deputy(name="戊录错示例", is_void=True)
    assert listed() == ["乙省级示例", "甲县级示例"]
    assert listed("?state=former") == ["丙卸任示例"]
    assert listed("?state=all") == ["乙省级示例", "丙卸任示例", "甲县级示例"]


@pytest.mark.django_db
def test_filters_by_place_district_level_and_office(cast: Cast, listed: Any) -> None:
    place, other = subdistrict(), other_subdistrict()
    district = ElectoralDistrict.objects.create(name="第一选区", level="county", division=other)
    district.covers.add(place)
    ledger.deputy(name="本街道示例", is_leading_cadre=True)
    ledger.deputy(name="选区示例", division=other, district=district)
    ledger.deputy(name="外街道示例", division=other, level="city")
    [community, *_rest] = communities_of(place)
    assert sorted(listed(f"?division={place.key}")) == ["本街道示例", "选区示例"]
    assert sorted(listed(f"?division={community.key}")) == ["本街道示例", "选区示例"]
    assert sorted(listed(f"?division={place.parent.key}")) == ["外街道示例", "本街道示例", "选区示例"]
    assert listed(f"?division={place.key}&district={district.pk}") == ["选区示例"]
    assert (listed("?level=city"), listed("?leading=on")) == (["外街道示例"], ["本街道示例"])


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?division=x", "?level=x", "?district=x", "?state=x"])
def test_a_condition_that_means_nothing_shows_nobody(cast: Cast, listed: Any, query: str) -> None:
    ledger.deputy()
    assert listed(query) == []


@pytest.mark.django_db
def test_a_name_of_one_or_two_characters_and_a_district_are_found(cast: Cast, listed: Any, client: Client) -> None:
    district = ElectoralDistrict.objects.create(name="城东选区", level="county", division=subdistrict())
    ledger.deputy(name="欧阳示例", district=district)
    ledger.deputy(name="阳光示例")
    found = [listed(f"?q={words}") for words in ("欧", "欧阳", "城东", "光示", "不在")]
    assert found == [["欧阳示例"], ["欧阳示例"], ["欧阳示例"], ["阳光示例"], []]
    everywhere = client.get("/search/?q=欧阳&kind=deputy").content.decode()
    assert ("城东选区" in everywhere, "阳光" in everywhere) == (True, False)


@pytest.mark.django_db
def test_a_page_holds_nothing_of_the_account(cast: Cast, client: Client) -> None:
    cast.deputy.contact_phone, cast.deputy.address, cast.deputy.email = (
        "073158000001",
        "示例路9号",
        "deputy@example.org",
    )
    cast.deputy.save()
    row = ledger.deputy(cast.deputy)
    for viewer in (None, cast.director):
        if viewer is not None:
            client.force_login(viewer, backend="portal.accounts.backends.ScopedRoleBackend")
        pages = client.get(row.get_absolute_url()).content.decode() + client.get("/deputies/").content.decode()
        assert [
            fact for fact in ("13800000004", "073158000001", "示例路", "deputy@", ">deputy<") if fact in pages
        ] == []


@pytest.mark.django_db
def test_the_page_says_what_a_deputy_may_do_to_the_letter_and_gives_data_for_programs(
    cast: Cast, client: Client
) -> None:
    row = ledger.deputy()
    page = client.get(row.get_absolute_url()).content.decode()
    assert "人大代表听取、反映群众意见，督促有关单位办理，不直接处理具体问题。" in page
    blocks = [json.loads(part.split("</script>")[0]) for part in page.split('ld+json">')[1:]]
    assert [(each["name"], each["jobTitle"]) for each in blocks if each["@type"] == "Person"] == [
        (row.name, "湘乡市人大代表")
    ]
    assert "已解决" not in page


@pytest.mark.django_db
def test_a_former_deputy_is_no_longer_offered_to_search_engines_and_a_mistake_to_nobody(
    cast: Cast, client: Client
) -> None:
    row = ledger.deputy()
    assert row.get_absolute_url() in client.get("/sitemap-deputies.xml").content.decode()
    Deputy.objects.update(ends_on=timezone.localdate() - YESTERDAY)
    page = client.get(row.get_absolute_url()).content.decode()
    assert ('content="noindex' in page, '"Person"' in page, "已离任" in page) == (True, False, True)
    assert row.get_absolute_url() not in client.get("/sitemap-deputies.xml").content.decode()
    Deputy.objects.update(is_void=True)
    assert client.get(row.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_suggestions_put_forward_are_counted_for_who_put_them_forward(cast: Cast, client: Client) -> None:
    ledger.proposed(cast)
    counted = {row.name: performance_of(row)[0].this_year for row in Deputy.objects.all()}
    assert counted == {"人大代表示例": 1, "县级代表示例二": 0}
    page = client.get(Deputy.objects.get(user=cast.deputy).get_absolute_url()).content.decode()
    assert ("提出代表建议" in page, "省道改造" in page) == (True, False)


@pytest.mark.django_db
def test_a_deputy_can_be_followed(cast: Cast, client: Client) -> None:
    row = ledger.deputy()
    client.force_login(cast.resident, backend="portal.accounts.backends.ScopedRoleBackend")
    client.post("/follow/", {"kind": "deputy", "key": str(row.pk), "do": "follow", "next": row.get_absolute_url()})
    assert is_following(cast.resident, "deputy", str(row.pk))
    assert row.name in client.get("/me/follows/").content.decode()


@pytest.mark.django_db
def test_forty_deputies_cost_the_queries_of_one_and_come_in_pages(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    ledger.deputy(name="示例00")
    client.get("/deputies/")
    with CaptureQueriesContext(connection) as first:
        client.get("/deputies/?level=county")
        cost = len(first)
    for number in range(1, 40):
        ledger.deputy(name=f"示例{number:02d}")
    client.get("/deputies/")
    with django_assert_num_queries(cost):
        page = client.get("/deputies/?level=county").context["page"]
    second = client.get(f"/deputies/?cursor={page.next}").context["page"]
    assert [row.name for row in (*page, *second)] == [f"示例{number:02d}" for number in range(40)]


@pytest.mark.django_db
def test_a_stations_page_names_the_deputies_of_its_place_at_the_cost_of_one(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    page = station(subdistrict())
    client.get(page.url)
    ledger.deputy(name="本站示例")
    ledger.deputy(name="外站示例", division=other_subdistrict())
    ledger.deputy(name="卸任示例", ends_on=timezone.localdate() - YESTERDAY)
    with CaptureQueriesContext(connection) as first:
        shown = client.get(page.url).content.decode()
        cost = len(first)
    assert [name in shown for name in ("本站示例", "外站示例", "卸任示例")] == [True, False, False]
    for number in range(15):
        ledger.deputy(name=f"示例{number:02d}")
    with django_assert_num_queries(cost):
        shown = client.get(page.url).content.decode()
    assert (len(re.findall(r'<a href="/deputies/[0-9]+/"', shown)), "看望春门街道的人大代表" in shown) == (12, True)
