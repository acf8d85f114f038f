"""首页: planted in Chinese, showing what the features offer."""

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Page, Site

from home import registry
from home.models import HomePage


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_doors", {})
    monkeypatch.setattr(registry, "_sections", {})


@pytest.mark.django_db
def test_the_root_is_ours_and_the_tree_is_sound() -> None:
    site = Site.objects.get()
    assert (site.is_default_site, site.root_page.specific_class) == (True, HomePage)
    assert Page.find_problems() == ([], [], [], [], [])
    assert list(Page.objects.filter(depth=2).values_list("title", flat=True)) == ["首页"]


@pytest.mark.django_db
def test_the_page_says_the_large_words_and_the_four_steps(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "<h1>今天可以做什么</h1>" in page
    assert [word for word in ("群众出题", "协商定题", "街道答题", "监督评题") if f"<h3>{word}</h3>" not in page] == []


def test_doors_come_in_order_and_only_where_the_address_exists() -> None:
    registry.register_door("lookup", "查进度", "lookup:lookup", 20)
    registry.register_door("write", "我要提建议", "frame:accessibility", 10, is_main=True)
    registry.register_door("none", "没有建", "no:such-name", 5)
    assert [(door.label, door.url) for door in registry.doors()] == [
        ("我要提建议", "/accessibility/"),
        ("查进度", "/lookup/"),
    ]


def test_a_section_with_nothing_to_show_stays_away() -> None:
    registry.register_section("empty", "components/empty.html", lambda request: None, 10)
    registry.register_section("full", "components/empty.html", lambda request: {"content": "有"}, 20)
    assert registry.filled_sections(RequestFactory().get("/")) == ['<div class="empty">有</div>\n']
