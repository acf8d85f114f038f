"""The frame in a real browser: readable by everyone, usable by keyboard and without scripts, nothing typed is lost."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import RequestFactory, override_settings

from tests.journeys.conftest import DESK, PHONE, OpenPage, violations
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.once

PAGES = [
    "/",
    "/proposals/",
    "/snaps/",
    "/snaps/new/",
    "/deputies/",
    "/moderation/",
    "/schedule/",
    "/search/",
    "/accessibility/",
    "/lookup/",
    "/trail/",
    "/division/",
    "/accounts/login/",
    "/offline/",
    "/news/activity/",
    "/news/activity/example-1/",
    "/about/",
    "/library/",
    "/sitemap/",
    "/search/?q=%E7%94%B5%E6%A2%AF",
    "/search/?q=%E6%97%A0%E6%AD%A4%E8%AF%8D",
    "/corrections/new/?page=/about/",
    "/no-such-page/",
]
# These modes change colours and nothing else, so that the gallery speaks for all pages; `make test-figures` opens each.
COLOURS = [pytest.param(mode, marks=pytest.mark.figures) for mode in ("contrast", "dark", "elder contrast theme")]
MODES = ["normal", "elder", "contrast", "dark", "elder contrast theme"]


def fulfil_with(html: str) -> Callable[["Route"], None]:
    return lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")


def put_on(page: "Page", mode: str, server: Server) -> None:
    if mode == "dark":
        page.emulate_media(color_scheme="dark")
    elif mode != "normal":  # the theme that is chosen here is the dark one
        values = {"theme": "dark"}
        names = mode.split(" ")
        page.context.add_cookies([{"name": name, "value": values.get(name, "1"), "url": server.url} for name in names])


@pytest.fixture
def gallery(server: Server, db: None) -> Callable[..., str]:
    """The gallery's HTML as development shows it; the served portal has DEBUG off and does not know its address."""
    from portal.frame.views.gallery import components

    def html(mode: str, query: str) -> str:
        request = RequestFactory().get(
            f"/accessibility/{query}",
            headers={"cookie": "; ".join(f"{name}={'dark' if name == 'theme' else 1}" for name in mode.split(" "))},
        )
        with override_settings(CSRF_COOKIE_SECURE=False):
            return components(request).content.decode()

    return html


@pytest.mark.in_turn
@pytest.mark.parametrize("mode", ["normal", "elder", *COLOURS])
def test_no_page_has_an_accessibility_violation_of_any_weight(open_page: OpenPage, server: Server, mode: str) -> None:
    page = open_page("/offline/")
    put_on(page, mode, server)
    for path in PAGES:
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.in_turn
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "viewport", [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk", marks=pytest.mark.figures)]
)
def test_no_component_has_an_accessibility_violation_of_any_weight(
    open_page: OpenPage, server: Server, gallery: Callable[..., str], mode: str, viewport: dict[str, int]
) -> None:
    # a mode that changes colours only finds them all among the fields with errors
    for query in ("", "?errors=1") if mode in ("normal", "elder") else ("?errors=1",):
        page = open_page("/offline/", viewport=viewport)
        put_on(page, mode, server)
        html = gallery(mode, query)
        page.route("**/accessibility/*", fulfil_with(html))
        page.goto(f"/accessibility/{query}")
        closed = page.locator("details:not([open]) > summary")
        while closed.count():
            closed.first.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_elder_mode_is_a_form_that_works_without_scripts(open_page: OpenPage, scripts: bool) -> None:
    page = open_page("/accessibility/", scripts=scripts)
    before = page.locator("main p").first.evaluate("p => getComputedStyle(p).fontSize") if scripts else None
    page.get_by_role("banner").get_by_role("button", name="长者模式").click()
    page.wait_for_url("**/accessibility/")
    assert page.locator("html").get_attribute("class").split()[0] == "elder"
    assert page.get_by_role("link", name="联系工作人员").count() == 1
    if scripts:
        assert before != page.locator("main p").first.evaluate("p => getComputedStyle(p).fontSize")
    page.get_by_role("banner").get_by_role("button", name="长者模式").click()
    assert page.get_by_role("link", name="联系工作人员").count() == 0


def test_the_keyboard_reaches_the_main_text_first(open_page: OpenPage) -> None:
    page = open_page("/lookup/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(open_page: OpenPage) -> None:
    page = open_page("/lookup/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector("[data-error-summary]")
    assert page.title().startswith("错误：")
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.field--error') !== null")


FORM = """<!DOCTYPE html><html lang="zh-Hans"><title>x</title><script type="module" src="/assets/portal.js"></script>
<main><form method="post" action="/modes/" data-draft="test"><textarea name="body" aria-label="x">{body}</textarea>
<input type="text" name="captcha_1" aria-label="y"><button>提交</button></form>{done}</main></html>"""


def draft_page(page: "Page", body: str = "", done: str = "") -> None:
    page.unroute_all()
    html = FORM.format(body=body, done=done)
    page.route("**/draft-page/", fulfil_with(html))
    page.goto("/draft-page/")
    page.wait_for_selector("html.has-script")


def test_what_was_typed_survives_a_closed_page_and_is_wiped_when_it_is_done(open_page: OpenPage) -> None:
    page = open_page("/offline/")
    draft_page(page)
    page.locator("textarea").fill("三单元想装电梯")
    page.locator("input").fill("12")
    page.wait_for_timeout(1200)
    draft_page(page)
    assert page.locator("textarea").input_value() == "三单元想装电梯"
    assert page.locator("input").input_value() == ""  # an answer to a captcha is no draft
    assert "已恢复" in page.locator(".draft-note").inner_text()
    draft_page(page, body="服务器退回的文字")
    assert page.locator("textarea").input_value() == "服务器退回的文字"
    draft_page(page, done='<div data-draft-done="test"></div>')
    draft_page(page)
    assert page.locator("textarea").input_value() == ""


def test_logging_out_wipes_all_drafts(open_page: OpenPage) -> None:
    page = open_page("/offline/")
    draft_page(page)
    page.locator("textarea").fill("三单元想装电梯")
    page.wait_for_timeout(1200)
    form = "<form method=post action=/accounts/logout/><button id=out>x</button></form>"
    page.evaluate(f"document.body.insertAdjacentHTML('beforeend', '{form}')")
    page.locator("#out").click()
    page.wait_for_load_state()
    draft_page(page)
    assert page.locator("textarea").input_value() == ""


def test_a_double_click_sends_one_request(open_page: OpenPage) -> None:
    page = open_page("/offline/")
    draft_page(page)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.locator("button").dblclick(no_wait_after=True)
    page.wait_for_timeout(600)
    assert len(posts) == 1


def test_without_a_network_the_offline_page_explains(open_page: OpenPage) -> None:
    page = open_page("/accessibility/", worker=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.context.set_offline(True)
    page.goto("/lookup/")
    assert page.locator("h1").inner_text() == "没有网络"


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/images/", "/admin/reports/site-history/"])
def test_the_admin_breaks_no_policy(open_page: OpenPage, path: str) -> None:
    # the guard fixture fails on any content policy message and on any script error
    open_page(path, user="admin", viewport=DESK).wait_for_load_state("networkidle")


def test_the_page_editor_starts_its_widgets_under_the_strict_policy(open_page: OpenPage, server: Server) -> None:
    [[home]] = server.rows("SELECT root_page_id FROM wagtailcore_site")
    page = open_page(f"/admin/pages/{home}/edit/", user="admin", viewport=DESK)
    page.wait_for_load_state("networkidle")
    # a date field of the schedule dialog, an inline script in plain Wagtail
    assert page.evaluate("document.querySelectorAll('[data-start]:not([data-started])').length") == 0
    assert page.evaluate("document.querySelectorAll('[data-start][data-started]').length") > 0
