"""A clerk plans next month from the scheme and asks the head, who approves; a resident finds the nearest station, its
reception and the calendar; a day of visitors is entered by keyboard, from a workbook and on paper."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import vobject
from django.utils import timezone
from openpyxl import Workbook

from tests.journeys.conftest import DESK, OpenPage, serious_violations
from tests.servers import Server

HOST, OTHER = "排班代表示例", "替班代表示例"


@pytest.mark.once  # what is written is proved on both databases by tests/liaison_stations/receptions
def test_a_month_is_planned_approved_published_printed_and_found(open_page: OpenPage, server: Server) -> None:
    server.inside("make_station")
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
    clerk.get_by_role("button", name="提请站长批准").click()
    clerk.get_by_text("已提请站长批准5场，站长会收到提醒。").wait_for()

    director = open_page("/me/messages/", user="director", scripts=False, viewport=DESK)
    director.get_by_text("接待安排等您批准：").first.wait_for()
    director.goto("/admin/")
    director.get_by_role("link", name=re.compile("等我批准的月份")).click()
    director.locator("table.listing tbody a", has_text=f"{first.year}年{first.month}月").click()
    director.get_by_role("button", name="站长批准（5场）").click()
    director.get_by_text("批准了5场。").wait_for()

    clerk.goto("/me/messages/")
    clerk.get_by_text("接待安排已经批准：").first.wait_for()
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

    visitor = open_page("/stations/", scripts=False)
    visitor.locator("summary").first.click()
    visitor.get_by_label("社区、街道或站名").fill("望春门街道联络站")
    visitor.get_by_role("button", name="查看结果").click()
    visitor.locator(".card__title a", has_text="望春门街道联络站").first.click()
    feed = visitor.get_by_role("link", name="加入手机日历（.ics）").get_attribute("href")
    events = vobject.readOne(server.client().get(str(feed)).text).vevent_list
    assert sorted(each.status.value for each in events).count("CANCELLED") >= 1
    visitor.get_by_role("link", name="看整月日程").click()
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


@pytest.mark.once  # what is written is proved on both databases by tests/liaison_stations/records
def test_a_day_of_visitors_is_entered_by_keyboard_from_a_workbook_and_on_paper(
    open_page: OpenPage, server: Server
) -> None:
    key = server.inside("hold_reception")
    clerk = open_page(f"/admin/receptions/sessions/{key}/", user="clerk", viewport=DESK)
    clerk.get_by_role("link", name="录入来访记录").click()
    assert serious_violations(clerk) == []
    clerk.locator('[name="rows-0-name"]').focus()
    press = clerk.keyboard
    for number, said in enumerate(("东门路灯不亮，请修理", "楼道里堆放杂物，请清理")):
        press.type(f"来访示例{number}")
        press.press("Enter")
        press.type("13800138000")
        press.press("Enter")
        press.press("Enter")  # one person
        press.type(said)
        for _cell in range(7):
            press.press("Tab")
        if number == 0:
            assert clerk.evaluate("document.activeElement.name") == "rows-1-name"
    press.press("Control+Enter")
    clerk.get_by_text("已保存2条，可以接着录入。").wait_for()
    assert clerk.locator("section", has_text="已录入").get_by_text("请修理").count() == 1

    clerk.get_by_role("link", name="导入Excel").click()
    book = Workbook()
    sheet: Any = book.active
    for line in (["来访人", "反映内容"], ["", "学校门口停车太乱，请划临时停车区"]):
        sheet.append(line)
    target = io.BytesIO()
    book.save(target)
    clerk.locator('input[type="file"]').set_input_files(
        {"name": "day.xlsx", "mimeType": "application/octet-stream", "buffer": target.getvalue()}
    )
    clerk.locator('form:has(input[type="file"]) [type="submit"]').click()
    clerk.get_by_text("学校门口停车太乱").first.wait_for()
    clerk.get_by_role("button", name=re.compile("确认|保存")).first.click()
    clerk.locator("section", has_text="已录入").get_by_text("学校门口停车太乱").wait_for()

    clerk.get_by_role("link", name="打印来访登记表").click()
    words = clerk.locator("body").inner_text()
    assert ("不替代12345热线" in words, "不直接处理具体问题" in words) == (True, True)
