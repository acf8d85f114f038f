"""A clerk plans next month from the scheme, the head approves, a resident finds it and its calendar; scripts off."""

import re
from datetime import timedelta

import pytest
import vobject
from django.utils import timezone

from tests.journeys.conftest import DESK, OpenPage, serious_violations
from tests.servers import Server

HOST, OTHER = "排班代表示例", "替班代表示例"


@pytest.mark.once  # what is written is proved on both databases by tests/liaison_stations/receptions
def test_a_month_is_planned_approved_published_printed_and_found(open_page: OpenPage, server: Server) -> None:
    station = server.inside("make_station")
    first = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)

    clerk = open_page("/admin/receptions/", user="clerk", scripts=False, viewport=DESK)
    clerk.get_by_role("link", name="下个月").click()
    clerk.get_by_role("button", name="按机制排本月").click()
    clerk.get_by_text("排入5场。").wait_for()
    desk = clerk.url
    for row in range(5):
        clerk.locator(f'[name="row{row}-hosts"]').fill(HOST)
        clerk.locator(f'[name="row{row}-theme"]').fill("停车管理")
    second = clerk.locator('[name="row1-day"]').input_value()
    clerk.locator('[name="row1-day"]').fill(clerk.locator('[name="row0-day"]').input_value())
    clerk.locator('[name="row1-hosts"]').fill(f"{HOST}、{OTHER}")
    clerk.get_by_role("button", name="保存表格").click()
    clerk.get_by_text(re.compile(f"{HOST}.*已安排在.*时间重叠")).wait_for()
    assert clerk.locator('[name="row1-hosts"]').input_value() == f"{HOST}、{OTHER}"  # nothing typed is lost
    clerk.locator('[name="row1-day"]').fill(second)
    clerk.get_by_role("button", name="保存表格").click()
    clerk.get_by_text("已保存：新增0场，修改5场，删除0场。").wait_for()
    assert clerk.get_by_role("button", name=re.compile("公布已批准")).count() == 0

    director = open_page(desk, user="director", scripts=False, viewport=DESK)
    director.get_by_role("button", name="站长批准（5场）").click()
    director.get_by_text("批准了5场。").wait_for()

    clerk.goto(desk)
    clerk.get_by_role("button", name="公布已批准的5场").click()
    clerk.get_by_text("公布了5场。").wait_for()
    clerk.locator("table.listing tbody a").first.click()
    clerk.locator("details#do-cancel summary").click()
    clerk.locator('[name="cancel-reason"]').fill("场地停电检修")
    clerk.locator("details#do-cancel").get_by_role("button", name="取消").click()
    clerk.get_by_text("取消，已完成。").wait_for()
    clerk.goto(desk)
    clerk.get_by_role("link", name="打印张贴").click()
    sheet = clerk.locator("main").inner_text()
    assert (f"{first.year}年{first.month}月接待安排" in sheet, "已取消：场地停电检修" in sheet) == (True, True)
    paper = clerk.url

    visitor = open_page(f"/schedule/?station={station}", scripts=False)
    visitor.goto("/schedule/?division=430381001000")
    visitor.get_by_role("link", name="下个月").click()
    words = visitor.locator("main").inner_text()
    assert ("共 5 场" in words, words.count("已取消：场地停电检修")) == (True, 1)
    visitor.locator(".sessions li:not(.sessions__off) a").first.click()
    assert HOST in visitor.locator("main").inner_text()
    address = visitor.get_by_role("link", name="把这一场加入手机日历（.ics）").get_attribute("href")
    answer = server.client().get(str(address))
    assert answer.status == 200
    event = vobject.readOne(answer.text).vevent
    assert (event.status.value, event.summary.value[:7]) == ("CONFIRMED", "人大代表接待：")
    for shown in (visitor.url, f"{server.url}/schedule/?division=430381001000&month={first:%Y-%m}", paper):
        reader = open_page(shown.removeprefix(server.url))  # axe needs scripts
        assert serious_violations(reader) == [], shown
