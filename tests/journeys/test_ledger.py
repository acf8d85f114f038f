"""群众出题、协商定题、街道答题、监督评题: one matter from the first word to 销号, each person in an own browser."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.journeys.conftest import DESK, OpenPage, serious_violations
from tests.journeys.test_proposals import press, publish, submit, write_up_to_check
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

BODY = "示例巷的三盏路灯坏了两个月，晚上老人出门看不清路，请派人修好。"
STEPS = [
    "登记入台账", "交办", "签收", "与提出人联系（见面沟通）", "答复", "办结", "提出人评价", "重新办理",
    "与提出人联系（上门）", "答复", "办结", "提出人评价", "承诺事项已落实", "销号",
]  # fmt: skip


def do(page: "Page", step: str, **fields: str) -> None:
    """One step of the staff page by its own form, told by its label; the page that comes back says so."""
    own = page.locator("details.ledger-action").filter(has_not=page.locator('input[name="proxy"]'))
    form = own.filter(has=page.locator("summary", has_text=re.compile(rf"^\s*{step}\s*$")))
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, value in fields.items():
        field = form.locator(f'[name$="-{name}"]')
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=re.sub(r"\s+", " ", value))
        else:
            field.fill(value)
    with page.expect_navigation():
        form.get_by_role("button", name=step, exact=True).click()
    page.get_by_text(f"：{step}，已完成。").wait_for()


def offers(page: "Page", step: str) -> bool:
    return bool(page.locator(f'button[name="action"][value="{step}"]').count())


def answer(worker: "Page", head: "Page", way: str, **reply: str) -> None:
    """One round of handling: contact, a draft by whoever handles it, the head's signature, 办结."""
    do(worker, "与提出人联系", way=way)
    do(worker, "拟写答复", **reply)
    assert not offers(worker, "sign_reply")  # the head's
    head.reload()
    do(head, "签发答复")
    worker.reload()
    do(worker, "办结")
    assert not offers(worker, "close_off")  # the committee's


def rate(page: "Page", value: str, reason: str = "") -> None:
    page.reload()
    page.get_by_role("heading", name="解决了吗？").wait_for()
    page.get_by_role("radio", name=value, exact=True).check()
    page.get_by_label("理由").fill(reason)
    press(page, "提交评价")
    page.get_by_text("谢谢，您的评价已经记下。").wait_for()


@pytest.mark.once  # a long way, of which nothing depends on the kind of database that tests/races does not show
def test_from_the_proposal_to_the_close_off_in_public_each_person_by_the_own_pages(
    open_page: OpenPage, server: Server
) -> None:
    handler = server.inside("appoint_handler")
    due = timezone.localdate() + timedelta(days=30)

    resident = open_page("/proposals/new/", user="resident")
    write_up_to_check(resident, body=BODY)
    number, _code = submit(resident)
    publish(open_page, number, scripts=False)

    committee = open_page(f"/admin/proposals/?q={number}", user="committee", scripts=False, viewport=DESK)
    committee.get_by_role("link", name=number).first.click()
    press(committee, "进入筛选")
    committee.locator('select[name="route"]').select_option(label="快速办理")
    committee.locator('select[name="matter_level"]').select_option(index=1)
    press(committee, "采纳")

    committee.goto("/admin/ledger/")
    committee.get_by_role("link", name=re.compile("示例巷的三盏路灯")).click()
    desk = committee.url
    do(committee, "交办", unit="望春门街道办事处（示例）（望春门街道）", owner_name="责任人示例")

    # without scripts on a phone: from the start page by the link of the matter
    worker = open_page("/admin/ledger/", user=handler, scripts=False)
    worker.get_by_role("link", name=re.compile("示例巷的三盏路灯")).click()
    assert worker.url == desk
    do(worker, "签收")
    head = open_page(desk, user="unit", viewport=DESK)
    answer(
        worker, head, "见面沟通", kind="已列计划", text="先修好两盏，整条线路列入下月计划更换。",
        commitment_1="更换整条线路", commitment_1_due_on=due.isoformat(),
    )  # fmt: skip

    # every proposer hears of it: from the own page to the item
    resident.goto("/me/ledger/")
    resident.get_by_text("解决了吗？请评价").wait_for()
    resident.get_by_role("link", name=re.compile("示例巷的三盏路灯")).first.click()
    public = resident.url
    rate(resident, "不满意", "第三盏还是不亮")
    words = resident.locator("main").inner_text()
    assert ("第2次办理" in words, "第三盏还是不亮" in words) == (True, True)  # one's own reason, to oneself
    resident.get_by_text("为什么是这一天？").click()
    assert resident.locator(".clock-lines").inner_text().startswith("重新办理的时限：")

    worker.reload()
    answer(worker, head, "上门", kind="已解决", text="第三盏已经修好，三盏都亮了。")
    rate(resident, "满意")

    committee.reload()
    assert "还有1项承诺未落实" in committee.locator("main").inner_text()
    worker.reload()
    do(worker, "承诺事项已落实", note="整条线路已更换。")
    committee.reload()
    do(committee, "销号", evidence="现场核查，三盏路灯都亮，线路已更换。")

    visitor = open_page("/ledger/", scripts=False)
    visitor.get_by_role("link", name=re.compile("示例巷的三盏路灯")).click()
    assert visitor.url == public
    assert visitor.locator(".timeline__title").all_inner_texts() == STEPS
    words = visitor.locator("main").inner_text()
    for shown in (
        "已销号", "望春门街道办事处（示例）", "先修好两盏，整条线路列入下月计划更换。", "整条线路已更换。",
        "第三盏已经修好，三盏都亮了。", "现场核查，三盏路灯都亮，线路已更换。", number,
    ):  # fmt: skip
        assert shown in words, shown
    assert [kept for kept in ("第三盏还是不亮", "不满意", "张示例") if kept in words] == []
    resident.reload()
    assert serious_violations(resident) == []
    resident.goto(f"/proposals/{number}/")
    assert "已销号" in resident.locator("main").inner_text()
