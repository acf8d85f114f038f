"""R35: what somebody typed never runs, on no surface, with the content security policy switched off."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.databases import Store
from tests.journeys.conftest import log_in
from tests.payloads import PAYLOADS, SHORT
from tests.servers import DemoServer, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.mark.once
def test_sixty_payloads_in_every_text_of_a_discussion_do_not_run(browser: "Browser", server: Server) -> None:
    assert len(PAYLOADS) == 60
    number = server.published_proposal("讨论里的代码")
    surfaces = server.inside("plant_payloads", NUMBER=number, PAYLOADS=json.dumps(PAYLOADS))
    ran, seen = [], 0
    for user, paths in surfaces.items():
        context = browser.new_context(bypass_csp=True, base_url=server.url)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.dismiss())
        if user:
            log_in(page, user)
        for path in paths:
            answer = page.goto(path)
            assert answer is not None and answer.status == 200, (user, path)
            seen += sum("window.hit" in text for text in page.locator("body").all_inner_texts())
            if page.evaluate("window.hit === 1"):
                ran.append((user, path))
            assert page.locator('a[href^="javascript:"]').count() == 0, (user, path)
        context.close()
    assert ran == []
    assert seen > len(surfaces)  # shown as the letters they are


# --- Every text column of the demo, every kind of page, as everybody -------------------------------------------
# Who sees which pages first; what has been seen as one person is not opened again as the next.
WHO = ("", "resident", "member", "deputy", "clerk", "community", "moderator", "committee", "director", "unit", "party",
       "superior", "auditor", "editor", "admin")  # fmt: skip
STARTS = ("/", "/sitemap/", "/me/", "/admin/")
NOT_FOLLOWED = re.compile(
    r"/logout|/download|/template/|/bulk/|export|format=|/media/|\.ics|\.xlsx|\.csv|\.docx|\.json|\.xml|feed"
    r"|/documents/\d+/|/assets/|/static/|/print/qr"
)
PER_KIND = 2


@pytest.fixture
def demo_server(database_store: Store) -> Iterator[DemoServer]:
    server = DemoServer(database_store, "portal_served_demo")
    yield server
    server.close()


def kind_of(path: str) -> str:
    """Pages alike but for a number or a key are one kind."""
    plain = re.sub(r"\d+|[0-9a-f]{8,}", "N", path.partition("?")[0])
    return plain + "?" + "&".join(sorted(re.findall(r"[?&](\w+)=", path)))


def has_run(page: "Page") -> bool:
    page.wait_for_timeout(50)  # handlers of images that fail to load
    return bool(page.evaluate("window.hit === 1 || !!document.querySelector('a[href^=\"javascript:\" i]')"))


def opened(page: "Page", path: str) -> tuple[bool, bool, list[str]]:
    """(a payload ran, one is shown as text, where the page leads to)."""
    page.goto(path, wait_until="domcontentloaded")
    ran = has_run(page)
    links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
    return ran, "hit=1" in page.content(), links


@pytest.mark.figures
@pytest.mark.once
def test_sixty_payloads_in_every_text_column_run_on_no_page_for_nobody(
    browser: "Browser", demo_server: DemoServer
) -> None:
    found = demo_server.inside("plant_everywhere", PAYLOADS=json.dumps([*PAYLOADS, SHORT]))
    kinds: Counter[str] = Counter()
    ran, failed, shown = [], [], 0
    for user in WHO:
        context = browser.new_context(bypass_csp=True, base_url=demo_server.url, locale="zh-CN")
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.set_content(PAYLOADS[0])
        assert has_run(page)  # so it would be noticed
        if user:
            log_in(page, user)
        waiting, seen = deque(STARTS), set(STARTS)
        while waiting:
            path = waiting.popleft()
            if kinds[kind_of(path)] >= PER_KIND and path not in STARTS:
                continue
            kinds[kind_of(path)] += 1
            try:
                is_run, is_shown, links = opened(page, path)
            except Exception as error:
                if "Download is starting" not in str(error):  # a file opens no page
                    failed.append((user, path, str(error).splitlines()[0]))
                continue
            shown += is_shown
            ran += [(user, path)] if is_run else []
            for link in links:
                target = link.partition("#")[0].removeprefix(demo_server.url)
                if target.startswith("/") and target not in seen and not NOT_FOLLOWED.search(target):
                    seen.add(target)
                    waiting.append(target)
        context.close()
    print(
        f"\n60 payloads in {len(found['planted'])} text columns of the demo ({len(found['refused'])} guarded by the "
        f"database, {len(found['short'])} too short for any); {sum(kinds.values())} pages of {len(kinds)} kinds as "
        f"{len(WHO)} people in Chromium without CSP, {shown} show one as text: {len(ran)} ran"
    )
    assert ran == []
    assert failed == []
    assert shown > len(kinds) / 4
