"""What machines and people find the site by: site maps, robots, security.txt, feeds, data in the head."""

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from home.models import NewsIndexPage
from home.rules.structured import article, site
from home.views.sitemaps import Proposals
from portal.frame.structured import json_ld_element
from portal.jurisdictions.services.site import save_site_profile
from tests.conftest import Cast
from tests.factories.pages import column, news
from tests.factories.proposals import other_subdistrict, published, subdistrict

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
ATOM = "{http://www.w3.org/2005/Atom}"


def locations(client: Client, address: str) -> list[str]:
    tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - our own feed
    return [str(each.text).removeprefix("http://testserver") for each in tree.iter(SITEMAP)]


def entries(client: Client, address: str) -> list[str]:
    tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - our own feed
    return [str(each.findtext(f"{ATOM}title")) for each in tree.iter(f"{ATOM}entry")]


def site_named(**values: Any) -> None:
    base = {"site_name": "望春门议事厅", "host_organisation": "望春门街道人大工委", "phones": "0731-12345678"}
    save_site_profile(values=base | values)


@pytest.mark.django_db
def test_the_site_map_lists_live_pages_and_readable_proposals(client: Client, cast: Cast) -> None:
    index = column()
    page, draft = news(index), news(index, live=False, title="草稿", slug="draft")
    row = published(cast.resident, cast.moderator)
    secret = published(cast.resident2, cast.moderator, is_confidential=True)
    maps = [f"/sitemap-{name}.xml" for name in ("pages", "proposals", "ledger", "snaps", "deputies")]
    assert locations(client, "/sitemap.xml") == maps
    pages = locations(client, "/sitemap-pages.xml")
    assert [path in pages for path in ("/", index.url, page.url, draft.url)] == [True, True, True, False]
    proposals = locations(client, "/sitemap-proposals.xml")
    assert proposals == [row.get_absolute_url()]
    assert secret.get_absolute_url() not in proposals


@pytest.mark.django_db
def test_the_site_map_leads_to_each_feed_once_and_to_those_of_the_places_with_something_to_read(
    client: Client, cast: Cast
) -> None:
    top = NewsIndexPage.objects.get(slug="news")
    inner = top.add_child(instance=NewsIndexPage(title="视察", slug="visits"))
    news(inner, subdistrict())
    html = client.get("/sitemap/").content.decode()
    feeds = re.findall(r'href="(/feeds/[^"]*)"', html)
    place = f"?division={subdistrict().key}"
    assert (feeds.count("/feeds/"), feeds.count("/feeds/news/"), feeds.count("/feeds/news/visits/")) == (1, 0, 1)
    assert feeds[-2:] == [f"/feeds/{place}", f"/feeds/proposals/{place}"]


def test_large_site_maps_come_in_files(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Proposals, "limit", 1)
    for _ in range(2):
        published(cast.resident, cast.moderator)
    assert "/sitemap-proposals.xml?p=2" in locations(client, "/sitemap.xml")
    assert len(locations(client, "/sitemap-proposals.xml?p=2")) == 1


@pytest.mark.django_db
def test_the_index_costs_the_same_however_many_rows(
    client: Client, cast: Cast, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(cast.resident, cast.moderator)
    with django_assert_num_queries(1):
        Proposals().get_latest_lastmod()


@pytest.mark.django_db
def test_robots_are_sent_away_where_the_site_is_no_search_result(client: Client, settings: Any) -> None:
    settings.ROBOTS_ALLOWED = False
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    settings.ROBOTS_ALLOWED = True
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert [f"Disallow: {path}" in lines for path in ("/admin/", "/accounts/", "/me/", "/search/", "/")] == [
        True, True, True, True, False,
    ]  # fmt: skip
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


@pytest.mark.django_db
def test_security_text_names_a_contact_or_is_not_there(client: Client, settings: Any, divisions: None) -> None:
    address = "/.well-known/security.txt"
    assert client.get(address).status_code == 404
    site_named(email="zhan@example.cn")
    lines = client.get(address).content.decode().splitlines()
    assert lines[0] == "Contact: mailto:zhan@example.cn"
    expires = datetime.fromisoformat(lines[1].removeprefix("Expires: "))
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert lines[3] == f"Canonical: http://testserver{address}"
    settings.SECURITY_CONTACT = "https://example.cn/report"
    assert client.get(address).content.decode().splitlines()[0] == "Contact: https://example.cn/report"


@pytest.mark.django_db
def test_feeds_go_by_column_and_division(client: Client, cast: Cast) -> None:
    index, other = column(), column("公示公告", "notices-2")
    news(index, division=subdistrict(), title="甲")
    news(other, division=other_subdistrict(), title="乙")
    code, elsewhere = subdistrict().code, other_subdistrict().code
    assert sorted(entries(client, "/feeds/")) == ["乙", "甲"]
    assert entries(client, f"/feeds{index.url}") == ["甲"]
    assert entries(client, f"/feeds/?division={elsewhere}") == ["乙"]
    assert entries(client, f"/feeds{other.url}?division={code}") == []
    assert [client.get(path).status_code for path in ("/feeds/none/", "/feeds/?division=999999999999")] == [404, 404]
    row = published(cast.resident, cast.moderator)
    published(cast.resident2, cast.moderator, is_confidential=True)
    assert entries(client, f"/feeds/proposals/?division={code}") == [row.display_title]
    assert entries(client, f"/feeds/proposals/?division={elsewhere}") == []


@pytest.mark.django_db
def test_an_entry_is_known_by_its_whole_address(client: Client, divisions: None) -> None:
    page = news(column())
    tree = ElementTree.fromstring(client.get("/feeds/").content)  # noqa: S314 - our own feed
    (known_by,) = [each.findtext(f"{ATOM}id") for each in tree.iter(f"{ATOM}entry")]
    assert known_by == f"http://testserver{page.url}"


@pytest.mark.django_db
def test_pages_name_their_feed(client: Client, divisions: None) -> None:
    index = column()
    division = subdistrict()

    def feeds(address: str) -> list[str]:
        pattern = r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">'
        return re.findall(pattern, client.get(address).content.decode())

    assert feeds("/") == ["/feeds/", "/feeds/proposals/"]
    assert feeds(index.url) == [f"/feeds/{index.slug}/"]
    assert feeds(f"{index.url}?division={division.code}") == [
        f"/feeds/{index.slug}/?division={division.code}",
        f"/feeds/{index.slug}/",
    ]
    assert feeds(f"/proposals/?division={division.code}") == [f"/feeds/proposals/?division={division.code}"]


@pytest.mark.django_db
def test_the_canonical_address_keeps_only_what_the_page_reads(client: Client, divisions: None) -> None:
    index = column()
    html = client.get(f"{index.url}?utm_source=group&division=430381001000&cursor=x").content.decode()
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', html) == [
        f"http://testserver{index.url}?division=430381001000"
    ]


@pytest.mark.django_db
def test_an_article_says_in_its_head_what_stands_on_it(client: Client, divisions: None) -> None:
    site_named()
    page = news(column(), title="</script><b>议事会", author="李四")
    html = client.get(page.url).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert len(blocks) == 2  # the other one is of the breadcrumbs, see test_tree
    found = json.loads(blocks[0])
    assert (found["@type"], found["headline"], found["author"]["name"]) == ("NewsArticle", page.title, "李四")
    assert found["publisher"]["name"] == "望春门街道人大工委"
    assert "image" not in found
    assert re.findall(r'<meta property="og:type" content="(\w+)">', html) == ["article"]


def test_only_a_government_site_calls_itself_a_service_of_government() -> None:
    facts: dict[str, Any] = {
        "name": "议事厅", "url": "https://a/", "search_url": "https://a/search/", "organisation": "街道",
        "phones": [], "address": "", "area": "",
    }  # fmt: skip
    plain, service = site(**facts, is_government=False), site(**facts, is_government=True)
    assert [each["@type"] for each in plain] == ["WebSite"]
    assert plain[0]["publisher"] == {"@type": "Organization", "name": "街道"}
    assert [each["@type"] for each in service] == ["WebSite", "GovernmentService"]


def test_an_article_without_an_author_is_by_its_source() -> None:
    facts = dict.fromkeys(("url", "headline", "summary", "published", "changed", "publisher", "image"), "x")
    assert article(**facts, author="", source="街道")["author"] == {"@type": "Organization", "name": "街道"}


def test_data_cannot_end_its_element() -> None:
    assert "</script><" not in json_ld_element({"a": "</script><b>&"})[:-9]


@pytest.mark.django_db
def test_the_site_map_for_people_shows_what_is_built(client: Client, divisions: None) -> None:
    index = column()
    news(index)
    html = client.get("/sitemap/").content.decode().split("<main")[1].split("</main>")[0]
    links = re.findall(r'href="([^"]+)"', html)
    assert [
        path in links for path in ("/proposals/", index.url, "/accounts/privacy/", "/feeds/", f"/feeds{index.url}")
    ] == [True] * 5
    assert "议事会召开" not in html


@pytest.mark.django_db
def test_identifiers_stand_at_the_foot_only_when_they_were_filled_in(client: Client, divisions: None) -> None:
    site_named()
    foot = client.get("/").content.decode().split("<footer")[1]
    assert [word in foot for word in ("望春门街道人大工委", "0731-12345678", "备案", "网站标识码")] == [
        True, True, False, False,
    ]  # fmt: skip
    site_named(is_government_site=True, site_code="4303810001")
    foot = client.get("/").content.decode().split("<footer")[1]
    assert ["我为政府网站找错" in foot, "网站标识码 4303810001" in foot] == [True, True]


@pytest.mark.django_db
def test_article_tools_work_without_scripts(client: Client, divisions: None) -> None:
    page = news(column())
    html = client.get(page.url).content.decode()
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)
    assert text is not None
    assert text[1] == f"议事会召开\n听取进展。\nhttp://testserver{page.url}"
    assert '<div class="only-print page-code">' in html
    assert len(re.findall(r'<button[^>]*name="elder"[^>]*value="1"', html)) >= 2
    assert re.findall(r"<button[^>]*data-print[^>]*>", html)[0].endswith("hidden>")


@pytest.mark.django_db
def test_the_labels_that_inspections_read_say_what_is_true_and_no_more(client: Client, divisions: None) -> None:
    index = column("公示公告", "notices", kind="notice")
    published_at = datetime(2026, 3, 15, 1, 5, tzinfo=UTC)
    page = news(index, title="三月“开放日”", source="街道办（示例）", published_at=published_at)

    def labels(address: str) -> list[tuple[str, str]]:
        names = "SiteName|SiteDomain|SiteIDCode|Column\\w+|ArticleTitle|PubDate|ContentSource"
        return re.findall(rf'<meta name="({names})" content="([^"]*)">', client.get(address).content.decode())

    site_named()
    here = [("SiteName", "望春门议事厅"), ("SiteDomain", "testserver")]
    in_column = [("ColumnName", "公示公告"), ("ColumnType", "通知公告")]
    article_of_it = [
        ("ArticleTitle", "三月“开放日”"), ("PubDate", "2026-03-15 09:05"), ("ContentSource", "街道办（示例）"),
    ]  # fmt: skip
    assert labels("/") == here
    assert labels(index.url) == here + in_column
    assert labels(page.url) == here + in_column + article_of_it
    site_named(site_code="4303810001")
    assert labels("/") == [*here, ("SiteIDCode", "4303810001")]
