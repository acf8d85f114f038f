"""R35: what somebody typed never runs, on no surface, with the content security policy switched off."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import log_in
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUN = "window.hit=1"
HANDLERS = (
    "<img src=x onerror={run}>", "<svg onload={run}>", "<body onload={run}>", "<details open ontoggle={run}>x",
    "<video><source onerror={run}>", "<input autofocus onfocus={run}>", "<marquee onstart={run}>x</marquee>",
    "<iframe srcdoc=\"<script>parent.hit=1</script>\"></iframe>", "<a href=javascript:{run}>点我</a>",
    "<object data=javascript:{run}>", "<script>{run}</script>", "<style onload={run}></style>",
)  # fmt: skip
FRAMES = ("{0}", '">{0}', "'>{0}", "</textarea>{0}", "</title></script>{0}")
PAYLOADS = [frame.format(handler.format(run=RUN)) for frame in FRAMES for handler in HANDLERS]


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
