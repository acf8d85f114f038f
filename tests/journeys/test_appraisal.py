"""工作评议 from the plan to the archive, scripts off, each person by the own pages; a visitor reads what came of it."""

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.journeys.conftest import DESK, OpenPage
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

MATTER = "便民服务（评议示例）"
UNIT = "望春门街道办事处（示例）"
ANSWERS = ("满意", "满意", "满意", "基本满意", "不满意")
BODIES = ("中共示例街道工作委员会", "示例市主管部门", "示例市人大常委会")


def fill(form: "Page", prefix: str, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        form.locator(f'[name="{prefix}{name}"]').fill(value)


def do(page: "Page", action: str, label: str, **fields: str) -> None:
    """One step of the staff page by its own form, as the page stands for this person now."""
    page.reload()
    form = page.locator(f"details#do-{action}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    fill(page, f"{action}-", fields)
    form.get_by_role("button", name=label, exact=True).click()
    page.get_by_text(f"{label}，已完成。").wait_for()


def offered(page: "Page", action: str) -> bool:
    page.reload()
    return bool(page.locator(f"details#do-{action}").count())


def rate(page: "Page", value: str) -> None:
    """From the own page on a phone."""
    page.get_by_role("link", name=re.compile(re.escape(MATTER))).click()
    page.get_by_role("radio", name=value, exact=True).check()
    page.get_by_role("button", name="提交测评").click()
    page.get_by_text("您已参加测评。").wait_for()
    assert page.get_by_role("radio").count() == 0


@pytest.mark.once  # what is written is proved on both databases by tests/participation/oversight
def test_an_office_is_appraised_from_the_plan_to_the_archive_and_a_visitor_reads_the_result(
    open_page: OpenPage, server: Server
) -> None:
    sessions = server.inside("appoint_members")
    today = timezone.localdate().isoformat()

    committee = open_page("/admin/oversight/appraisals/", user="committee", scripts=False, viewport=DESK)
    committee.get_by_role("link", name="列入计划").click()
    choice = committee.locator('select[name="unit"] option', has_text=UNIT).first.get_attribute("value")
    committee.locator('select[name="unit"]').select_option(choice)
    fill(committee, "", {"matter": MATTER, "plan": "先看材料，再开会。", "report_due_on": today})
    committee.get_by_role("button", name="保存").click()
    committee.get_by_role("heading", name=re.compile(re.escape(MATTER))).first.wait_for()
    desk = committee.url
    key = desk.rstrip("/").rsplit("/", 1)[1]
    assert not offered(committee, "publish_report")  # nothing has been handed in

    unit = open_page("/admin/oversight/appraisals/", user="unit", scripts=False)
    unit.get_by_role("link", name=MATTER).click()
    do(unit, "submit_report", "提交书面报告", text="上半年受理事项全部办结。")
    assert not offered(unit, "publish_report")

    do(committee, "publish_report", "公开书面报告")
    do(
        committee, "hold_meeting", "登记评议会议", on=today, place="示例会议室", chair="人大街道工委主任", expected="5",
        attended="5",
    )  # fmt: skip
    do(committee, "open_rating", "开始测评", closes_on=today)

    for session, value in zip(sessions, ANSWERS, strict=True):
        phone = open_page("/offline/", scripts=False)
        phone.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        phone.goto("/me/")
        rate(phone, value)
    committee.reload()
    words = committee.locator("main").inner_text()
    assert ("已参加5人" in words, "测评结束以前看不到结果" in words) == (True, True)

    do(committee, "close_rating", "结束测评并计票")
    assert not offered(committee, "confirm_result")  # a second person
    director = open_page(desk, user="director", scripts=False, viewport=DESK)
    do(director, "confirm_result", "确认评议结果")
    for place, body in enumerate(BODIES):
        if place:
            assert not offered(committee, "archive")
        committee.reload()
        committee.locator('[name="dispatch-recipient"]').select_option(index=0)
        form = committee.locator("details#do-dispatch")
        fill(committee, "dispatch-", {"body": body, "sent_on": today})
        form.get_by_role("button", name="登记报送", exact=True).click()
        committee.get_by_text("登记报送，已完成。").wait_for()
    assert not offered(committee, "publish_result")  # no consent yet

    visitor = open_page(f"/oversight/{key}/", scripts=False)
    words = visitor.locator("main").inner_text()
    assert ("评议结果还没有公开" in words, "等次" in words) == (True, False)

    do(committee, "record_consent", "登记街道党工委同意公开", on=today, number="示例〔2026〕1号")
    do(committee, "publish_result", "公开评议结果")
    do(committee, "archive", "归档")

    visitor.goto("/oversight/")
    visitor.get_by_role("link", name=re.compile(re.escape(MATTER))).click()
    words = visitor.locator("main").inner_text()
    for shown in ("已归档", "满意", "应到5人", "上半年受理事项全部办结。", "经街道党工委研究同意"):
        assert shown in words, shown
    visitor.get_by_role("link", name="看口径、等次规则和表格下载").click()
    assert re.search(r"/evaluations/\d+/$", visitor.url)
    with visitor.expect_download() as waiting:
        visitor.get_by_role("link", name="下载表格（CSV）").click()
    table = waiting.value.path().read_text(encoding="utf-8-sig")
    assert [part for part in ("满意", UNIT) if part not in table] == []
