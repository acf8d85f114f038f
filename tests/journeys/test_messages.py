"""A visitor scans a code, writes, proves the phone and gets an answer; scripts on and off."""

import re

import pytest

from tests.journeys.conftest import DESK, PHONE, OpenPage, answer_of, serious_violations
from tests.servers import Server

WORDS = "小区东门的路灯坏了一个月，晚上看不清台阶。"


@pytest.mark.once  # what is written is proved on both databases by tests/liaison_stations/messages
@pytest.mark.in_turn
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_scanned_code_leads_to_an_answer(open_page: OpenPage, server: Server, scripts: bool) -> None:
    made = server.inside("make_message_code")
    token, revoked = str(made).split()

    visitor = open_page(f"/m/{token}/", scripts=scripts)
    assert visitor.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visitor.get_by_role("button", name="下一步：收验证码").click()
    visitor.get_by_text("请写下您要说的话").first.wait_for()
    visitor.get_by_label("您要说的话").fill(WORDS)
    visitor.get_by_label("怎样称呼您").fill("示例女士")
    visitor.get_by_label("手机号").fill("13800000077")
    visitor.get_by_role("button", name="下一步：收验证码").click()
    visitor.get_by_role("heading", name="填短信验证码").wait_for()
    visitor.get_by_role("link", name="返回修改").click()
    assert visitor.get_by_label("您要说的话").input_value() == WORDS
    visitor.get_by_role("button", name="下一步：收验证码").click()
    visitor.get_by_label("短信验证码").fill(server.codes()[-1])
    visitor.get_by_role("button", name="提交留言").click()
    visitor.get_by_role("heading", name="您的留言已收到").wait_for()
    shown = visitor.locator("main").inner_text()
    number, code = re.search(r"LY-[\d-]+", shown), re.search(r"查询码\s+(\d{6})", shown)
    assert number is not None
    assert code is not None

    deputy = open_page("/me/", user="deputy", scripts=scripts)
    deputy.locator(f'a[href="/deputy-messages/{number[0]}/answer/"]').click()
    deputy.get_by_label("已反映").check()
    deputy.get_by_label("答复内容").fill("问题已解决")
    deputy.get_by_role("button", name="答复", exact=True).click()
    deputy.get_by_text("不写“已解决”").first.wait_for()
    deputy.get_by_label("答复内容").fill("已向街道办事处反映，下周安排检修。")
    deputy.get_by_role("button", name="答复", exact=True).click()
    deputy.get_by_text("已答复，会告诉留言人。").wait_for()

    later = open_page("/lookup/", scripts=scripts)
    later.get_by_label("受理编号").fill(number[0])
    later.get_by_label("查询码").fill(code[1])
    later.locator('input[name="captcha_1"]').fill(answer_of(later))
    later.locator("main form button[type=submit]").first.click()
    later.get_by_text("已向街道办事处反映，下周安排检修。").wait_for()
    gone = open_page(f"/m/{revoked}/", scripts=scripts)
    gone.get_by_role("heading", name="这个码已经停用").wait_for()
    gone.get_by_role("link", name="用现在的码留言").click()
    gone.get_by_label("您要说的话").wait_for()
    if scripts:  # axe is one
        assert serious_violations(later) == []
        for path in (f"/m/{token}/", f"/m/{revoked}/"):
            page = open_page(path)
            assert serious_violations(page) == [], path


@pytest.mark.once  # what is asked is how the pages are built
@pytest.mark.in_turn
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_desk_of_messages_and_codes_is_accessible(
    open_page: OpenPage, server: Server, viewport: dict[str, int]
) -> None:
    server.inside("make_message_code")
    page = open_page("/admin/deputy-messages/", user="clerk", viewport=viewport)
    found = {"list": serious_violations(page)}
    page.goto("/admin/deputy-messages/codes/")
    found["codes"] = serious_violations(page)
    page.locator(".message-list tbody a").first.click()
    page.get_by_role("heading", name="基本情况").wait_for()
    closed = page.locator("main details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    found["code"] = serious_violations(page)
    page.goto("/admin/deputy-messages/codes/posters/")
    found["posters"] = serious_violations(page)
    assert found == {name: [] for name in found}
