"""Searching with suggestions and reporting a mistake, with scripts on and off."""

import pytest

from tests.journeys.conftest import OpenPage, serious_violations
from tests.servers import Server

pytestmark = pytest.mark.once


def test_a_visitor_finds_by_suggestion_or_by_the_plain_list(open_page: OpenPage, server: Server, scripts: bool) -> None:
    title = "加装电梯的资金怎么分摊" if scripts else "加装电梯的噪声怎么管"  # the server is shared
    number = server.published_proposal(title)
    page = open_page("/search/", scripts=scripts)
    box = page.get_by_label("搜什么")
    if scripts:
        box.press_sequentially("资金怎么分")
        page.get_by_role("option").filter(has_text=title).first.wait_for()
        page.wait_for_function("document.querySelectorAll('[role=option]').length === 1")
        assert box.get_attribute("aria-expanded") == "true"
        box.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant") == "search-suggestion-0"
        box.press("Escape")
        assert box.get_attribute("aria-expanded") == "false"
        box.press("ArrowDown")
        box.press("Enter")
        page.wait_for_url(f"**/{number}/")
    else:
        box.fill("电梯")
        page.get_by_role("main").get_by_role("button", name="搜索").click()
        page.get_by_role("link", name=title).click()
    assert number in page.url
    page.goto(f"{server.url}/search/?q=电梯")
    assert not scripts or serious_violations(page) == []


def test_a_visitor_reports_a_mistake_from_the_foot_of_a_page(
    open_page: OpenPage, server: Server, scripts: bool
) -> None:
    page = open_page("/accessibility/", scripts=scripts)
    page.get_by_role("contentinfo").get_by_role("link", name="纠错").click()
    page.get_by_label("哪里有错").fill("第一段有个错字")
    page.get_by_label("手机号或邮箱").fill("13900000000")
    assert not scripts or serious_violations(page) == []
    page.get_by_role("button", name="提交纠错").click()
    page.get_by_text("谢谢，已经收到").wait_for()
    rows = server.rows("SELECT address, words, state FROM corrections_correction ORDER BY id DESC LIMIT 1")
    assert rows == [("/accessibility/", "第一段有个错字", "waiting")]


def test_an_article_can_be_copied_for_a_group_and_its_data_breaks_no_policy(
    open_page: OpenPage, server: Server, scripts: bool
) -> None:
    number = server.published_proposal("转发到群的路灯")
    page = open_page(f"/proposals/{number}/", scripts=scripts)
    page.get_by_text("转发到群", exact=True).click()
    words = page.get_by_label("复制这段文字，粘贴到群里").input_value()
    assert words == f"转发到群的路灯\n{server.url}/proposals/{number}/"
    assert page.locator("script[type='application/ld+json']").count() == 1
    assert not scripts or serious_violations(page) == []
