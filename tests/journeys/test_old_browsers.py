"""Old and in-app browsers: a plain but complete page, without styles, without scripts, and with an engine of 2017."""

from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import OpenPage
from tests.journeys.test_proposals import log_in_by_code, press, rows, submit, write_up_to_check
from tests.portal.frame.sheets import rules_for_old_engines
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.once

PAGES = ["/", "/news/activity/", "/news/activity/example-1/", "/about/", "/library/", "/proposals/", "/search/?q=电梯"]
# what WeChat's and other in-app engines of some years ago do not know
FORGET = """
for (const name of ["replaceChildren"]) delete Element.prototype[name];
for (const name of ["AbortController", "speechSynthesis", "SpeechSynthesisUtterance"]) delete window[name];
delete Navigator.prototype.clipboard;
delete Navigator.prototype.serviceWorker;
delete SubmitEvent.prototype.submitter;
delete Object.fromEntries;
const ASKING = ["querySelector", "querySelectorAll", "matches", "closest"];
for (const owner of [Document, Element]) for (const name of ASKING) {
  const real = owner.prototype[name];
  if (real) owner.prototype[name] = function (selector) {
    if (/:(has|is|where)\\(/.test(selector)) throw new SyntaxError(selector);
    return real.call(this, selector);
  };
}
"""


def blocked(page: "Page") -> None:
    page.context.route("**/assets/*", lambda route: route.abort())


def answer_as_to_an_old_engine(route: "Route") -> None:
    route.fulfill(body=rules_for_old_engines(), content_type="text/css; charset=utf-8")


def test_a_resident_writes_a_proposal_without_styles_and_without_scripts(open_page: OpenPage, server: Server) -> None:
    page = open_page("/offline/", scripts=False)
    blocked(page)
    page.goto("/")
    assert page.locator("link[rel=stylesheet]").count() == 1
    page.get_by_role("link", name="我要提建议").first.click()
    write_up_to_check(page)
    press(page, "去登录（写的都已保存）")
    log_in_by_code(page, server, "13800000001")
    page.get_by_role("heading", name="请核对，没问题就提交").wait_for()
    number, _code = submit(page)
    assert rows(server, number) == [("submitted", 0)]


@pytest.mark.parametrize("path", PAGES)
def test_without_styles_the_order_is_head_text_foot_and_nothing_is_missing(open_page: OpenPage, path: str) -> None:
    page = open_page(path, scripts=False)
    words = page.locator("main").inner_text().split()
    blocked(page)
    page.goto(path)
    order = page.locator("header.header, main, footer.footer, nav.bottom-bar").evaluate_all(
        "all => all.map(each => each.localName)"
    )
    plain = "".join(page.locator("main").inner_text().split())
    assert order == ["header", "main", "footer", "nav"]
    assert [word for word in words if word not in plain] == []
    assert page.get_by_role("link", name="跳到正文").count() == 1


@pytest.mark.parametrize("path", PAGES)
def test_an_old_engine_shows_the_plain_page_and_its_scripts_do_not_fail(open_page: OpenPage, path: str) -> None:
    # the guard fixture fails on any script error
    page = open_page("/offline/")
    page.context.add_init_script(FORGET)
    page.context.route("**/assets/portal.css*", answer_as_to_an_old_engine)
    page.goto(path)
    page.wait_for_selector("html.has-script", state="attached")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "17px"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


VOICES = """
window.spoken = [];
class Utterance { constructor(text) { this.text = text; } }
const voices = LIST;
const speech = {
  getVoices: () => voices,
  addEventListener() {},
  cancel() {},
  speak(said) { window.spoken.push([said.text, said.lang]); window.finish = () => said.onend(); },
};
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = Utterance;
"""
OWN = '[{ lang: "en-US", localService: true }, { lang: "zh-CN", localService: true }]'
FOREIGN = '[{ lang: "en-US", localService: true }, { lang: "zh-CN", localService: false }]'


def elder_page(open_page: OpenPage, server: Server, voices: str, path: str = "/accessibility/") -> "Page":
    page = open_page("/offline/")
    page.context.add_cookies([{"name": "elder", "value": "1", "url": server.url}])
    page.context.add_init_script(VOICES.replace("LIST", voices))
    page.goto(path)
    page.wait_for_selector("html.has-script", state="attached")
    return page


def test_in_elder_mode_the_main_text_is_read_aloud_paused_and_stopped(open_page: OpenPage, server: Server) -> None:
    page = elder_page(open_page, server, OWN)
    page.get_by_role("button", name="朗读").click()
    page.evaluate("finish()")
    page.get_by_role("button", name="暂停").click()
    page.evaluate("finish()")  # what was stopped no longer counts
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="停止").click()
    heading, lead = "无障碍与长者模式", "每个人都应当能用本站提建议、查进度、参加评议。"
    assert page.evaluate("spoken") == [[heading, "zh-CN"], [lead, "zh-CN"], [lead, "zh-CN"]]
    assert page.evaluate("document.activeElement.textContent") == "朗读"


@pytest.mark.parametrize("voices", ["[]", FOREIGN], ids=["no-voice", "a-voice-elsewhere"])
def test_no_text_is_read_by_a_voice_that_is_not_on_the_device(open_page: OpenPage, server: Server, voices: str) -> None:
    page = elder_page(open_page, server, voices)
    assert page.locator("[data-read-aloud]").is_hidden()


def test_outside_elder_mode_nothing_offers_to_read(open_page: OpenPage) -> None:
    assert open_page("/accessibility/").locator("[data-read-aloud]").count() == 0
