"""随手拍 on a phone: a deputy photographs a broken lamp and sees it repaired; residents where the terms let them."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.factories.snaps import shot
from tests.journeys.conftest import DESK, OpenPage, serious_violations
from tests.journeys.test_ledger import do
from tests.journeys.test_proposals import press
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NUMBER = re.compile(r"SP-\d{9}-\d{4}-\d{6}")
STREET, OTHER = "430381001000", "430381003000"
SIDES = ("left", "top", "width", "height")
PLACE, WORDS = "示例巷3号门口", "路灯不亮，晚上看不清台阶。"


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, str]:
    """Broken and mended, as files on the phone."""
    found = {}
    for name, colour in (("broken", "black"), ("mended", "yellow"), ("theirs", "orange")):
        path = tmp_path / f"{name}.jpg"
        path.write_bytes(shot((640, 480), colour, gps=True).read())
        found[name] = str(path)
    return found


def read_number(page: "Page") -> str:
    page.get_by_role("heading", name="您的随手拍已收到").wait_for()
    found = NUMBER.search(page.locator("main").inner_text())
    assert found is not None
    return found[0]


def black_out(page: "Page", words: str, *, has_rectangle: bool) -> None:
    """A rectangle drawn with the pointer, or without scripts the four numbers that it would have filled."""
    if has_rectangle and page.locator(".snap-canvas svg").count():
        frame = page.locator(".snap-canvas img").bounding_box()
        assert frame is not None
        page.mouse.move(frame["x"] + frame["width"] * 0.1, frame["y"] + frame["height"] * 0.1)
        page.mouse.down()
        page.mouse.move(frame["x"] + frame["width"] * 0.4, frame["y"] + frame["height"] * 0.3)
        page.mouse.up()
        sides = [float(page.locator(f'input[name="{side}-0"]').input_value()) for side in SIDES]
        assert [abs(found - meant) < 0.5 for found, meant in zip(sides, (10, 10, 30, 20), strict=True)] == [True] * 4
    elif has_rectangle:
        for side, value in zip(SIDES, ("10", "10", "30", "20"), strict=True):
            page.locator(f'input[name="{side}-0"]').fill(value)
    page.get_by_label("照片说明（给看不到照片的人）").fill(words)
    press(page, "保存遮盖")
    page.get_by_text("已保存。公开的是遮盖后的照片").wait_for()


def taps_of(page: "Page", *steps: "Locator") -> int:
    for step in steps:
        step.click()
        page.wait_for_load_state()
    return len(steps)


@pytest.mark.once  # what is written is proved on both databases by tests/participation and tests/portal
@pytest.mark.in_turn
def test_a_deputy_photographs_a_broken_lamp_and_sees_it_repaired(
    open_page: OpenPage, server: Server, scripts: bool, pictures: dict[str, str]
) -> None:
    deputy = open_page("/", user="deputy", scripts=scripts)
    pages = 3  # the list, the form, the confirmation
    taps = taps_of(deputy, deputy.get_by_role("link", name="随手拍", exact=True).first)
    taps += taps_of(deputy, deputy.get_by_role("link", name="拍照上报").first)
    assert serious_violations(deputy) == [] if scripts else True
    assert deputy.evaluate("document.documentElement.scrollWidth <= innerWidth") if scripts else True
    assert deputy.locator('select[name="division"]').input_value() == STREET  # that of the post: nothing to choose
    deputy.locator("#id_photos").set_input_files(pictures["broken"])
    deputy.get_by_label("在哪里").fill(PLACE)
    deputy.get_by_label("看到了什么").fill(WORDS)
    taps += 3  # the camera, and one to each of the two fields
    press(deputy, "上报")
    number = read_number(deputy)
    assert (taps + 1, pages) == (6, 3)

    moderator = open_page(f"/admin/reviews/?q={number}", user="moderator", scripts=scripts, viewport=DESK)
    moderator.get_by_role("link", name=re.compile(number)).first.click()
    review = moderator.url
    moderator.goto("/admin/snaps/")
    moderator.get_by_role("row", name=re.compile(number)).get_by_role("link").click()
    desk = moderator.url
    moderator.get_by_role("link", name=re.compile("^遮盖")).first.click()
    black_out(moderator, "路灯不亮", has_rectangle=True)
    moderator.goto(review)
    moderator.get_by_role("radio", name="通过并公开").check()
    press(moderator, "确定处理")

    committee = open_page(desk, user="committee", scripts=False, viewport=DESK)
    press(committee, "交办")
    committee.get_by_text("交办，已完成。").wait_for()
    committee.get_by_role("link", name="到台账办理").click()
    item = committee.url
    do(committee, "交办", unit="望春门街道办事处（示例）（望春门街道）", owner_name="责任人示例")

    unit = open_page(item, user="unit", scripts=False, viewport=DESK)
    do(unit, "签收")
    do(unit, "与提出人联系", way="见面沟通")
    draft = unit.locator("details.ledger-action").filter(
        has=unit.locator("summary", has_text=re.compile("^\\s*拟写答复"))
    )
    if draft.get_attribute("open") is None:
        draft.locator("summary").first.click()
    draft.locator("summary", has_text="办理前后的照片").click()
    draft.locator('input[name$="-photo_1"]').set_input_files(pictures["theirs"])
    do(unit, "拟写答复", kind="已解决", text="灯泡已经更换。", photo_1_moment="办理后", photo_1_alt="新换的灯亮着")
    do(unit, "签发答复")

    # told of it, the deputy goes and looks
    deputy.goto("/me/")
    deputy.get_by_role("link", name="现场核实").first.click()
    assert serious_violations(deputy) == [] if scripts else True
    deputy.get_by_role("radio", name=re.compile("已经修好")).check()
    deputy.locator("#id_photos").set_input_files(pictures["mended"])
    press(deputy, "提交核实情况")
    deputy.get_by_text("已记下现场核实的情况").wait_for()
    public = f"/snaps/{number}/"
    visitor = open_page(public, scripts=False)
    assert visitor.get_by_role("heading", name="办理后").count() == 0  # nobody looked at the photos yet

    moderator.goto(desk)
    press(moderator, "取来审核")
    black_out(moderator, "新换的灯亮着", has_rectangle=False)
    moderator.get_by_role("listitem").filter(has_text="没有审核").get_by_role("link", name=re.compile("^遮盖")).click()
    black_out(moderator, "灯亮了，看得清台阶", has_rectangle=True)

    # closed in the ledger first: the unit reports 办结, the deputy rates, the committee grants 销号
    unit.reload()
    do(unit, "办结")
    deputy.goto("/me/ledger/")
    deputy.get_by_role("link", name=re.compile(PLACE)).first.click()
    deputy.get_by_role("radio", name="满意", exact=True).check()
    press(deputy, "提交评价")
    committee.goto(desk)
    assert committee.get_by_role("button", name="办结归档").count() == 0
    committee.goto(item)
    do(committee, "销号", evidence="现场核查，路灯已亮。")
    committee.goto(desk)
    press(committee, "办结归档")

    visitor.reload()
    after = visitor.locator("section").filter(has=visitor.get_by_role("heading", name="办理后"))
    assert visitor.get_by_role("img", name="路灯不亮").count() == 1
    assert [image.get_attribute("alt") for image in after.get_by_role("img").all()] == [
        "灯亮了，看得清台阶",
        "新换的灯亮着",
    ]
    assert "已办结归档" in visitor.locator("main").inner_text()
    deputy.goto(public)
    assert serious_violations(deputy) == [] if scripts else True


@pytest.mark.once  # the switch is a term; nothing depends on the kind of database
def test_residents_send_from_the_day_their_street_lets_them_and_only_there(
    open_page: OpenPage, server: Server, pictures: dict[str, str]
) -> None:
    resident = open_page("/snaps/new/", user="resident", scripts=False)
    assert "这里的随手拍由人大代表使用" in resident.locator("main").inner_text()
    name = server.inside("let_residents_snap", CODE=OTHER)
    resident.reload()
    choices = resident.locator('select[name="division"] option').all_inner_texts()
    assert choices == ["请选择", name]  # the one street, chosen already
    resident.locator("#id_photos_album").set_input_files(pictures["broken"])  # taken before, out of the album
    resident.get_by_label("在哪里").fill(PLACE)
    resident.get_by_label("看到了什么").fill(WORDS)
    press(resident, "上报")
    number = read_number(resident)
    [(capacity, state)] = server.rows(f"SELECT capacity, state FROM snaps_snapreport WHERE number = '{number}'")
    assert (capacity, state) == ("resident", "captured")


@pytest.mark.once  # a script of the browser
def test_a_report_from_the_same_spot_is_pointed_out_once_the_position_is_ticked(
    open_page: OpenPage, server: Server
) -> None:
    public = server.inside("publish_snap", POSITION="27.73250,112.53100")
    deputy = open_page("/snaps/new/", user="deputy")
    deputy.context.grant_permissions(["geolocation"])
    deputy.context.set_geolocation({"latitude": 27.73270, "longitude": 112.53110})
    asked: list[str] = []
    deputy.on("request", lambda request: asked.append(request.url))
    deputy.get_by_role("button", name="取得我的位置").click()
    deputy.get_by_text("已取得位置。勾选下面一项才会保存。").wait_for()
    assert deputy.get_by_text("附近可能已有人上报过").count() == 0
    deputy.get_by_label("把这个精确位置一起保存").check()
    deputy.get_by_role("heading", name="附近可能已有人上报过").wait_for()
    assert deputy.locator(f'a[href="{public}"]').count() == 1
    assert [address for address in asked if "27.7" in address] == []
    assert serious_violations(deputy) == []
