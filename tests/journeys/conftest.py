"""Browser journeys: real Chromium against the real server. How to write one: docs/testing.md."""

import os
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest

from scripts.browser import FLAGS, chromium
from tests.servers import PASSWORD, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
LOCAL_SCHEMES = {"data", "blob", "about"}


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    executable = chromium()
    if executable is None:
        reason = "no Chromium on this machine (apt-get install chromium fonts-noto-cjk)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    # Playwright's synchronous API leaves an event loop on this thread; Django would refuse the ORM in later tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


class Guard:
    """Collects what no page may do: answer 5xx, throw, break the CSP, or ask another host for anything."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.allowed: set[str] = set()

    def watch(self, context: "BrowserContext") -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("console", lambda message: self._console(message.text))

    def _request(self, request: "Request") -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.hostname not in ("127.0.0.1", "localhost"):
            self.complaints.append(f"asked another host: {request.url}")

    def _response(self, response: "Response") -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.request.method} {response.url}")

    def _console(self, text: str) -> None:
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            self.complaints.append(f"CSP: {text}")

    def check(self) -> None:
        complaints = [each for each in self.complaints if not any(each.startswith(start) for start in self.allowed)]
        assert complaints == []


@pytest.fixture
def guard() -> Iterator[Guard]:
    """Checked at the end of every journey; `guard.allowed.add("500 GET …")` for a page that is meant to fail."""
    guard = Guard()
    yield guard
    guard.check()


@pytest.fixture(
    params=[pytest.param(True, id="scripts-on", marks=pytest.mark.once), pytest.param(False, id="scripts-off")]
)
def scripts(request: pytest.FixtureRequest) -> bool:
    """Runs the journey twice: everything works without JavaScript. The second database sees the plain one only."""
    return bool(request.param)


OpenPage = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: "Browser", server: Server, guard: Guard) -> Iterator[OpenPage]:
    """`open_page(path="/", user=None, scripts=True, viewport=PHONE)`: a page of a new visitor with its own cookies.

    `user` is a name of the cast, logged in: the first time through the form, later with the session of that time.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        path: str = "/",
        *,
        user: str | None = None,
        scripts: bool = True,
        viewport: dict[str, int] = PHONE,
        worker: bool = False,
    ) -> "Page":
        options: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "base_url": server.url}
        # a service worker would hide requests from page.route; only its own journey lets it in
        options["service_workers"] = "allow" if worker else "block"
        context = browser.new_context(**options, viewport=viewport, java_script_enabled=scripts)
        context.set_default_timeout(15_000)
        guard.watch(context)
        contexts.append(context)
        page = context.new_page()
        if user:
            take_over_session(page, user, server)
        page.goto(path)
        if user and "/accounts/login/" in page.url:  # somebody ended that session
            log_in(page, user)
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def take_over_session(page: "Page", user: str, server: Server) -> None:
    """The cookies of `user`'s first log-in on this server: the form takes seconds and is a journey of its own."""
    if user not in server.cookies:
        log_in(page, user)
        kept = page.context.cookies(server.url)
        server.cookies[user] = [{**each} for each in kept if each["name"] in ("sessionid", "csrftoken")]
    page.context.add_cookies(server.cookies[user])


def log_in(page: "Page", user: str, password: str = PASSWORD) -> None:
    """Through the log-in form, by user name and password, as the demo's table says."""
    page.goto("/accounts/login/")
    folded = page.locator("details:not([open]) > summary", has_text="用户名和密码")
    if folded.count():
        folded.click()
    page.locator('input[name="login"]').fill(user)
    page.locator('input[name="password"]').fill(password)
    page.locator('form:has(input[name="password"]) [type="submit"]').first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def serious_violations(page: "Page") -> list[str]:
    """axe's serious and critical findings on the page as it stands now; empty is what a test asserts."""
    return violations(page, {"serious", "critical"})


def violations(page: "Page", impacts: Collection[str] = frozenset()) -> list[str]:
    """axe's findings of these impacts, or of any."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes'][:3]]}"
        for each in found
        if not impacts or each["impact"] in impacts
    ]


def answer_of(page: "Page") -> str:
    """The arithmetic question in words, answered as a listener would."""
    digits = {word: value for value, word in enumerate("零一二三四五六七八九十")}
    words = page.locator("[id$=_words]").inner_text()
    left, sign, right = re.search(
        r"([零一二三四五六七八九十]+)(加|减|乘)(?:以)?([零一二三四五六七八九十]+)", words
    ).groups()  # type: ignore[union-attr]
    a, b = digits[left], digits[right]
    return str(a + b if sign == "加" else a - b if sign == "减" else a * b)
