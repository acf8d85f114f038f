"""The wizard and the division chooser in a real browser: readable by everyone, before and after interaction."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from portal.setup import selectors, services
from tests.journeys.conftest import DESK, PHONE, OpenPage, serious_violations
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

STEPS: dict[str, dict[str, str]] = {
    "account": {
        "username": "zhanzhang",
        "email": "",
        "password": "三条minyi-2026",
        "password_again": "三条minyi-2026",
    },
    "division": {"division": "430381001000"},
    "terms": {"preset": "xiangxiang"},
    "site": {"site_name": "望春门街道议事厅", "host_organisation": "湘乡市人大街道工委", "phones": "0731-12345678"},
}


@pytest.fixture
def wizard(settings: Any, db: None, client: Client) -> Iterator[dict[str, str]]:
    """HTML of each page of the wizard, empty and with errors, as an empty install shows it."""
    settings.SETUP_WIZARD, settings.CSRF_COOKIE_SECURE = True, False
    selectors.forget_installed()
    pages = {"token": client.get("/setup/").content.decode()}
    pages["token with errors"] = client.post("/setup/", {"token": "AAAAA-BBBBB-CCCCC-DDDDD"}).content.decode()
    client.post("/setup/", {"token": services.issue_token()})
    for step, answers in STEPS.items():
        pages[step] = client.get(f"/setup/{step}/").content.decode()
        pages[f"{step} with errors"] = client.post(f"/setup/{step}/", {}).content.decode()
        assert client.post(f"/setup/{step}/", answers).status_code == 302, step
    pages["check"] = client.get("/setup/check/").content.decode()
    yield pages
    selectors.forget_installed()


def show(page: "Page", html: str) -> None:
    def answer(route: "Route") -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/setup/shown/", answer)
    page.goto("/setup/shown/")
    page.unroute("**/setup/shown/")


@pytest.mark.once
@pytest.mark.in_turn
@pytest.mark.parametrize("mode", ["normal", "elder", pytest.param("contrast", marks=pytest.mark.figures)])
@pytest.mark.parametrize(
    "viewport", [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk", marks=pytest.mark.figures)]
)
def test_no_page_of_the_wizard_has_a_serious_accessibility_violation(
    open_page: OpenPage, server: Server, wizard: dict[str, str], mode: str, viewport: dict[str, int]
) -> None:
    page = open_page("/offline/", viewport=viewport)
    if mode != "normal":
        page.context.add_cookies([{"name": mode, "value": "1", "url": server.url}])
    found: dict[str, Any] = {}
    for name, html in wizard.items():
        show(page, html)
        wide = not page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found[name] = [*serious_violations(page), *(["wider than the screen"] if wide else [])]
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.once
@pytest.mark.parametrize("step", [lambda page: None, lambda page: search_for(page, "东山")], ids=["first", "searched"])
def test_the_division_chooser_has_no_serious_accessibility_violation(
    open_page: OpenPage, server: Server, scripts: bool, step: Callable[["Page"], None]
) -> None:
    page = open_page("/division/", scripts=scripts)
    step(page)
    if scripts:  # axe is one
        assert serious_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def search_for(page: "Page", words: str) -> None:
    box = page.locator("main input[name='q']").first
    box.fill(words)
    box.press("Enter")
    page.get_by_text("东山街道").first.wait_for()
