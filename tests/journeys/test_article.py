"""One article from the editor's desk to a reader's note: returned, mended, published, read, printed, corrected."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.journeys.conftest import DESK, OpenPage, serious_violations
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.once

TITLE, SUMMARY = "议事会听取电梯加装进展", "议事代表提出三条意见。"
WRITTEN, MENDED = "会上，议事代表听取了加装进展。", "下一步安排在一周内公布。"
COMMENT = "请写明下一步安排什么时候公布。"
COUNT_PRINTS = "() => { window.printed = 0; window.print = () => { window.printed += 1; }; }"


READY = "() => document.body.classList.contains('ready')"
KEPT = "words => [...document.querySelectorAll('input[type=hidden]')].some(each => each.value.includes(words))"


def say(editor: "Page", words: str) -> None:
    """The field takes up what was typed a moment later."""
    editor.keyboard.type(words)
    editor.wait_for_function(KEPT, arg=words)


def write(editor: "Page") -> None:
    editor.get_by_role("link", name="添加下级页面").first.click()
    editor.locator('a[href*="/add/home/newspage/"]').click()
    editor.get_by_role("textbox", name="标题*").fill(TITLE)
    editor.get_by_role("textbox", name="摘要*").fill(SUMMARY)
    editor.get_by_role("textbox", name="来源*").fill("望春门街道人大工委（示例）")
    editor.get_by_role("button", name="插入内容块").click()
    editor.get_by_role("option", name="正文").click()
    editor.locator("[contenteditable=true]").last.click()
    say(editor, WRITTEN)


def submit(editor: "Page") -> None:
    editor.get_by_role("button", name="更多动作").click()
    editor.get_by_role("button", name="提交审核").click()


def decide(reviewer: "Page", action: str, comment: str = "") -> None:
    """From the admin's first page, as the reviewer finds what waits."""
    reviewer.goto("/admin/")
    reviewer.get_by_role("link", name=TITLE).first.click()
    reviewer.wait_for_function(READY)
    reviewer.get_by_role("button", name="更多动作").click()
    reviewer.get_by_role("button", name=action, exact=True).click()
    if comment:
        dialog = reviewer.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(comment)
        dialog.get_by_role("button", name=action).click()


def test_an_article_is_returned_mended_published_read_printed_and_corrected(
    open_page: OpenPage, server: Server
) -> None:
    editor = open_page("/admin/pages/5/", user="editor", viewport=DESK)
    write(editor)
    submit(editor)
    moderator = open_page("/admin/", user="moderator", viewport=DESK)
    decide(moderator, "退回修改", COMMENT)

    editor.goto("/admin/")
    editor.get_by_role("link", name=TITLE).first.click()
    editor.get_by_text("审核员示例退回修改", exact=True).wait_for()
    editor.get_by_text(COMMENT).first.wait_for()
    editor.wait_for_function(READY)
    editor.locator("[contenteditable=true]").last.focus()  # by keyboard, as Tab leads there: blocks still unfold
    editor.keyboard.press("Control+End")
    say(editor, MENDED)
    submit(editor)
    decide(moderator, "审核通过并发布")
    moderator.get_by_role("link", name="查看已发布页面").first.wait_for()

    for scripts in (True, False):
        reader = open_page("/", scripts=scripts)
        read(reader, scripts)
        report(reader, f"脚本{scripts}：会议日期漏写了")

    editor.goto("/admin/")
    editor.get_by_role("link", name="件待处理").click()
    words = editor.get_by_role("main").inner_text()
    assert [f"脚本{each}" in words for each in (True, False)] == [True, True]


def test_an_article_is_written_returned_and_published_without_scripts(open_page: OpenPage) -> None:
    title = "不用脚本写的一篇"
    editor = open_page("/admin/pages/5/", user="editor", scripts=False)
    editor.get_by_role("link", name="在这个栏目写一篇（不用脚本）").click()
    for label, words in (("标题", title), ("摘要", SUMMARY), ("来源", "街道（示例）"), ("接着写", WRITTEN)):
        editor.get_by_label(label, exact=True).fill(words)
    editor.get_by_role("button", name="提交审核").click()
    editor.get_by_text("已提交审核。").wait_for()

    moderator = open_page("/admin/", user="moderator", scripts=False, viewport=DESK)
    moderator.get_by_role("link", name=title).first.click()
    moderator.get_by_role("link", name="不用脚本，打开简易编辑").click()
    moderator.get_by_label("退回原因").fill(COMMENT)
    moderator.get_by_role("button", name="退回修改").click()
    moderator.get_by_text("您已退回修改").wait_for()

    editor.reload()
    editor.get_by_text(COMMENT).wait_for()
    editor.get_by_label("接着写", exact=True).fill(MENDED)
    editor.get_by_role("button", name="提交审核").click()
    moderator.reload()
    moderator.get_by_role("button", name="审核通过").click()
    moderator.get_by_text("您已审核通过并发布").wait_for()

    reader = open_page("/news/activity/", scripts=False)
    reader.get_by_role("link", name=title).first.click()
    assert [reader.get_by_text(words).is_visible() for words in (WRITTEN, MENDED)] == [True, True]


def read(reader: "Page", scripts: bool) -> None:
    """Found from the first page by the column; on paper nothing is lost but what leads elsewhere."""
    reader.get_by_role("navigation", name="主导航").get_by_role("link", name="动态").click()
    reader.get_by_role("link", name=TITLE).first.click()
    reader.get_by_role("heading", name=TITLE, level=1).wait_for()
    text = reader.get_by_text(WRITTEN + MENDED)
    assert text.count() == 1
    tool = reader.get_by_role("button", name="打印本页")
    assert tool.count() == int(scripts)
    if scripts:
        reader.evaluate(COUNT_PRINTS)
        tool.click()
        assert reader.evaluate("window.printed") == 1
        assert serious_violations(reader) == []
    reader.emulate_media(media="print")
    for role in ("navigation", "button", "search"):
        assert reader.get_by_role(role).count() == 0, role
    assert text.is_visible()
    assert reader.get_by_role("heading", name=TITLE, level=1).is_visible()
    reader.emulate_media(media="screen")


def report(reader: "Page", words: str) -> None:
    address = unquote(reader.url)
    reader.get_by_role("contentinfo").get_by_role("link", name="纠错").click()
    assert reader.get_by_role("link", name=TITLE).get_attribute("href") in address
    reader.get_by_label("哪里有错").fill(words)
    reader.get_by_role("button", name="提交纠错").click()
    reader.get_by_text("谢谢，已经收到").wait_for()
