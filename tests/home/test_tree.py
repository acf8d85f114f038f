"""What leads to a page follows the tree: nothing points at what was taken down, and every page says where it stands."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from home.models import DocumentIndexPage, HomePage, NewsIndexPage, StandardPage
from liaison_stations.stations.models import StationIndexPage
from tests.conftest import Cast
from tests.factories.pages import home_page, news
from tests.factories.proposals import published

pytestmark = pytest.mark.django_db
HREF = re.compile(r'(?:href|item)="(/[^"#?]*)')


@pytest.fixture
def planted(cast: Cast) -> NewsIndexPage:
    """动态, as the migration plants it, with one article in one of its columns."""
    top = NewsIndexPage.objects.get(depth=3)
    news(NewsIndexPage.objects.get(slug="activity"))
    return top


def links(client: Client, address: str) -> set[str]:
    return set(HREF.findall(client.get(address).content.decode()))


def everywhere(client: Client) -> set[str]:
    return set().union(*(links(client, path) for path in ("/", "/sitemap/", "/proposals/", "/accessibility/")))


def feed_links(client: Client, address: str) -> list[str]:
    tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - our own feed
    found = [str(each.get("href")) for each in tree.iter("{http://www.w3.org/2005/Atom}link")]
    return [href.removeprefix("http://testserver") for href in found]


def assert_all_answer(client: Client, addresses: set[str]) -> None:
    assert {path: client.get(path, follow=True).status_code for path in addresses} == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize("how", ["unpublish", "unpublish with all below", "close", "delete", "rename"])
def test_no_link_leads_to_a_column_that_was_taken_down(client: Client, planted: NewsIndexPage, how: str) -> None:
    article = planted.get_descendants().live().order_by("depth").last()
    assert "/news/" in everywhere(client)
    if how == "unpublish":
        planted.unpublish()
    elif how == "unpublish with all below":
        for page in planted.get_descendants(inclusive=True):
            page.unpublish()
    elif how == "close":
        PageViewRestriction.objects.create(page=planted, restriction_type=PageViewRestriction.LOGIN)
    elif how == "rename":
        planted.slug = "dongtai"
        planted.save()
    else:
        planted.delete()
    shown = everywhere(client)
    assert ("/news/" in shown, "/dongtai/" in shown) == (False, how == "rename")
    if how == "unpublish":  # what stands below it is public still, and does not lead back up to nothing
        shown |= links(client, article.url)
        assert article.url in feed_links(client, "/feeds/")
    shown |= set(feed_links(client, "/feeds/")) - {""}
    assert "/news/" not in shown
    assert_all_answer(client, {path for path in shown if not path.startswith("/assets/")})


def crumbs(client: Client, address: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The links as shown, and the same for programs; the page itself is named by its address."""
    html = client.get(address).content.decode()
    nav = html.split('<nav class="breadcrumbs"')[1].split("</nav>")[0]
    shown = re.findall(r'<a href="([^"]+)">([^<]+)</a>', nav)
    here = re.findall(r'<span aria-current="page">([^<]+)</span>', nav)
    blocks = [json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    data = [each for each in blocks if isinstance(each, dict) and each["@type"] == "BreadcrumbList"]
    assert len(data) == 1
    said = [(item["name"], item["item"].removeprefix("http://testserver")) for item in data[0]["itemListElement"]]
    return [(label, url) for url, label in shown] + [(label, address) for label in here], said


def test_every_page_type_says_where_it_stands_to_people_and_programs_alike(
    client: Client, planted: NewsIndexPage, cast: Cast
) -> None:
    column = NewsIndexPage.objects.get(slug="activity")
    article = column.get_children().get()
    home = home_page()
    about = home.add_child(instance=StandardPage(title="议事会是什么", slug="about-2", body=[]))
    below = about.add_child(instance=StandardPage(title="经费", slug="money", body=[]))
    library = home.add_child(instance=DocumentIndexPage(title="文件库", slug="library-2"))
    row = published(cast.resident, cast.moderator)
    first, news_crumb, column_crumb = ("首页", "/"), ("动态", "/news/"), ("议事动态", "/news/activity/")
    expected = {
        "/news/": [first, news_crumb],
        column.url: [first, news_crumb, column_crumb],
        article.url: [first, news_crumb, column_crumb, (article.title, article.url)],
        about.url: [first, (about.title, about.url)],
        below.url: [first, (about.title, about.url), (below.title, below.url)],
        library.url: [first, (library.title, library.url)],
        "/proposals/": [first, ("居民建议", "/proposals/")],
        row.get_absolute_url(): [first, ("居民建议", "/proposals/"), (row.number, row.get_absolute_url())],
        "/stations/": [first, ("联络站", "/stations/")],
        "/sitemap/": [first, ("网站地图", "/sitemap/")],
        "/accessibility/": [first, ("无障碍与长者模式", "/accessibility/")],
        "/trail/": [first, ("公开记录的封存与核验", "/trail/")],
    }
    assert {path: crumbs(client, path) for path in expected} == {path: (pair, pair) for path, pair in expected.items()}
    assert "breadcrumbs" not in client.get("/").content.decode()
    assert {HomePage, NewsIndexPage, StandardPage, DocumentIndexPage, StationIndexPage} == {
        type(page.specific) for page in home.get_descendants(inclusive=True)
    } - {type(article.specific)}
