"""A resident's proposal, as people meet it: phone, desk, with and without scripts, on the real server."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import DESK, OpenPage, answer_of, serious_violations
from tests.journeys.test_frame import put_on
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

BODY = "望春门街道三眼井社区的路灯坏了两个月，晚上老人出门很不方便，希望尽快修好。"
NUMBER = re.compile(r"JY-\d{9}-\d{4}-\d{6}")


def press(page: "Page", name: str) -> None:
    """Every button of these pages sends a form: the answer must be there before anything is judged."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def choose_place(page: "Page") -> None:
    """The county, where there are too many subdistricts for one list, then the subdistrict."""
    page.get_by_role("heading", name=re.compile("事情发生在哪")).wait_for()
    if page.get_by_role("heading", name="事情发生在哪里？").count():
        return  # the own place stands there already
    county = page.get_by_label("湘乡市", exact=True)
    if county.count():
        county.check()
        press(page, "下一步")
        page.get_by_role("heading", name="事情发生在哪个街道（乡镇）？").wait_for()
    page.get_by_role("radio", name=re.compile("望春门街道")).check()
    press(page, "下一步")


def write_up_to_check(page: "Page", body: str = BODY, group: str = "水电气与通信") -> None:
    """The four short pages, from the first one."""
    page.get_by_label("您想反映什么事，建议怎么办？").fill(body)
    press(page, "下一步")
    choose_place(page)
    if page.get_by_label("哪个社区（村）？").count():
        page.get_by_label("哪个社区（村）？").select_option(label="不清楚")
        press(page, "下一步")
    page.get_by_label(group, exact=True).check()
    press(page, "下一步")
    page.get_by_label("怎么称呼您").fill("张建国")
    press(page, "下一步：核对")
    page.get_by_role("heading", name="请核对，没问题就提交").wait_for()


def log_in_by_code(page: "Page", server: Server, phone: str) -> None:
    """From the log-in page, by a code read from the text message."""
    known = len(server.codes())
    page.get_by_label("手机号").first.fill(phone)
    page.get_by_role("button", name="获取验证码").first.click()
    field = page.locator('input[name="code"]')
    field.wait_for()
    codes = server.codes()
    assert len(codes) == known + 1
    field.fill(codes[-1])
    press(page, "确定")


def submit(page: "Page") -> tuple[str, str]:
    """The number and the query code of the confirmation."""
    press(page, "提交")
    page.get_by_role("heading", name="您的建议已收到").wait_for()
    words = page.locator("main").inner_text()
    number = NUMBER.search(words)
    assert number is not None
    code = re.search(r"查询码\s*(\d{6})", words)
    assert code is not None
    return number[0], code[1]


def rows(server: Server, number: str) -> list[tuple]:
    return server.rows(f"SELECT state, support_count FROM proposals_proposal WHERE number = '{number}'")


def publish(open_page: OpenPage, number: str, scripts: bool) -> None:
    """The moderator finds it in the queue of the Wagtail admin and publishes it."""
    page = open_page(f"/admin/reviews/?q={number}", user="moderator", scripts=scripts, viewport=DESK)
    page.get_by_role("link", name=re.compile(number)).first.click()
    page.get_by_role("radio", name="通过并公开").check()
    press(page, "确定处理")
    page.wait_for_url(lambda url: url.rstrip("/").endswith("reviews") or "q=" in url or "/admin/" in url)


def test_from_the_first_click_to_the_confirmation_the_log_in_comes_last_and_nothing_is_lost(
    open_page: OpenPage, server: Server, scripts: bool
) -> None:
    page = open_page("/", scripts=scripts)
    page.get_by_role("link", name="我要提建议").first.click()
    write_up_to_check(page)
    press(page, "去登录（写的都已保存）")
    log_in_by_code(page, server, "13800000001")
    page.get_by_role("heading", name="请核对，没问题就提交").wait_for()
    assert BODY in page.locator("main").inner_text()
    number, _code = submit(page)
    assert rows(server, number) == [("submitted", 0)]
    confirmation = page.url
    page.reload()
    page.go_back()
    page.goto(confirmation)
    assert number in page.locator("main").inner_text()
    page.get_by_role("link", name="打印回执（大字）").click()
    assert number in page.locator("main").inner_text()


def test_a_first_comer_signs_up_in_the_middle_and_the_draft_waits(open_page: OpenPage, server: Server) -> None:
    page = open_page("/proposals/new/", scripts=False)
    write_up_to_check(page, body="小区门口的井盖松了，走过去会响，晚上吵人，请固定一下。")
    press(page, "去登录（写的都已保存）")
    page.get_by_role("link", name="注册", exact=True).first.click()
    page.get_by_label("手机号").fill("13911110001")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.locator('input[name="captcha_1"]').fill(answer_of(page))
    page.locator('form:has(input[name="captcha_1"]) button[type="submit"]').first.click()
    page.locator('input[name="code"]').fill(server.codes()[-1])
    press(page, "确定")
    page.get_by_role("heading", name="请核对，没问题就提交").wait_for()
    number, _code = submit(page)
    assert rows(server, number) == [("submitted", 0)]


def test_published_supported_followed_and_the_author_hears_once(
    open_page: OpenPage, server: Server, scripts: bool
) -> None:
    author = open_page("/proposals/new/", user="resident", scripts=scripts)
    author.goto("/proposals/new/")
    words = "桥头巷下雨积水，" + ("孩子上学要绕路，请疏通下水道。" if scripts else "老人出门不便，请清理排水口。")
    write_up_to_check(author, body=words, group="道路与交通")
    number, code = submit(author)

    publish(open_page, number, scripts)
    assert rows(server, number) == [("published", 0)]

    second = open_page(f"/proposals/{number}/", user="resident2", scripts=scripts)
    press(second, "我附议")
    second.get_by_text("您已附议").wait_for()
    second.locator('button[value="follow"]').click()
    second.locator('button[value="unfollow"]').wait_for()
    assert rows(server, number) == [("published", 1)]

    server.manage("runperiodic")
    told = server.rows(
        "SELECT COUNT(*) FROM outbox_message m JOIN accounts_user u ON u.id = m.recipient_id "
        f"WHERE u.username = 'resident' AND m.subject_key = '{number}' AND m.event LIKE '%:publish:%'"
    )
    assert told == [(1,)]

    visitor = open_page("/lookup/", scripts=scripts)
    visitor.get_by_label("受理编号").fill(number[-6:])
    visitor.get_by_label("查询码").fill(code)
    visitor.locator('input[name="captcha_1"]').fill(answer_of(visitor))
    press(visitor, "查询")
    visitor.get_by_text("审核通过，公开").first.wait_for()
    assert number in visitor.url


def test_a_community_worker_enters_for_an_elder(open_page: OpenPage, server: Server, scripts: bool) -> None:
    """Without scripts on a phone too, from the first page of the admin on."""
    if scripts:
        page = open_page("/admin/proposals/enter/", user="community", viewport=DESK)
    else:
        page = open_page("/admin/", user="community", scripts=False)
        page.get_by_role("navigation", name="菜单").get_by_role("link", name="代填录入").click()
    before = server.rows("SELECT COUNT(*) FROM proposals_proposal WHERE entered_by_id IS NOT NULL")[0][0]
    place = page.locator('select[name="place"]')
    place.select_option(index=1)
    page.locator('select[name="channel"]').select_option("home_visit")
    page.locator('input[name="rows-0-name"]').fill("王奶奶")
    page.locator('textarea[name="rows-0-body"]').fill("楼道灯坏了，晚上看不见台阶。")
    press(page, "全部保存")
    page.get_by_text(NUMBER).first.wait_for()
    after = server.rows("SELECT COUNT(*) FROM proposals_proposal WHERE entered_by_id IS NOT NULL")[0][0]
    assert after == before + 1
    page.get_by_role("link", name=re.compile("打印回执")).click()
    assert NUMBER.search(page.locator("main").inner_text())


@pytest.mark.once
@pytest.mark.in_turn
@pytest.mark.parametrize("mode", ["normal", "elder"])
def test_no_page_of_the_way_has_a_serious_violation_before_or_after_an_error(
    open_page: OpenPage, server: Server, mode: str
) -> None:
    page = open_page("/offline/", user="resident")
    put_on(page, mode, server)
    found: dict[str, list[str]] = {}

    def judge(name: str) -> None:
        found[name] = serious_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"

    page.goto("/proposals/new/")
    judge("words")
    press(page, "下一步")
    page.get_by_text("还有内容需要修改").wait_for()
    judge("words, refused")
    page.get_by_label("您想反映什么事，建议怎么办？").fill(f"{mode}：{BODY}")
    press(page, "下一步")
    judge("place")
    page.get_by_role("link", name="换一个").first.click()
    page.get_by_role("heading", name=re.compile("事情发生在哪个")).wait_for()
    judge("place, another")
    press(page, "下一步")
    page.get_by_text("还有内容需要修改").wait_for()
    judge("place, refused")
    choose_place(page)
    if page.get_by_label("哪个社区（村）？").count():
        judge("community")
        press(page, "下一步")
    judge("about")
    press(page, "下一步")
    page.get_by_text("还有内容需要修改").wait_for()
    judge("about, refused")
    page.get_by_label("干部违纪", exact=True).check()
    press(page, "下一步")
    page.get_by_text("12388").first.wait_for()
    judge("about, diverted")
    page.get_by_label("道路与交通", exact=True).check()
    press(page, "下一步")
    judge("person")
    press(page, "下一步：核对")
    judge("check")
    number, _code = submit(page)
    judge("confirmation")
    page.goto(f"/proposals/{number}/slip/")
    judge("slip")
    for address in (
        f"/proposals/{number}/",
        f"/proposals/{number}/withdraw/",
        "/me/proposals/",
        "/proposals/",
        "/search/?q=路灯",
    ):
        page.goto(address)
        judge(address)
    page.goto("/proposals/?since=x&division=1")
    judge("list, refused")
    page.goto("/lookup/")
    judge("look-up")
    assert found == {name: [] for name in found}
