"""A search is followed, heard of and ended; how one is told is chosen."""

import os
import re
from pathlib import Path

import pytest

from tests.journeys.conftest import DESK, OpenPage, serious_violations
from tests.journeys.test_proposals import press
from tests.servers import Server

PICTURES = os.environ.get("JOURNEY_PICTURES", "")


def look(page: object, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)  # type: ignore[attr-defined]


@pytest.mark.once  # what is written is proved on both databases by tests/participation and tests/portal
@pytest.mark.in_turn
def test_follow_a_search_hear_of_it_choose_how_and_end_it(open_page: OpenPage, server: Server, scripts: bool) -> None:
    word = "石榴树" if scripts else "枇杷树"
    page = open_page(f"/search/?q={word}", user="resident2", scripts=scripts)
    press(page, f"关注“{word}”")
    page.get_by_role("button", name=f"取消关注“{word}”").wait_for()
    number = server.published_proposal(f"社区花园的{word}没人修剪")
    page.goto("/me/messages/")
    page.get_by_role("link", name="新公开的居民建议").first.wait_for()
    assert "我的" in page.locator(".header__doors").inner_text() and page.locator(".header__count").count() == 1
    assert serious_violations(page) == [] if scripts else True
    look(page, f"inbox-{scripts}")
    page.goto("/me/follows/")
    page.get_by_label("邮件").first.select_option("立即")
    page.get_by_role("button", name=re.compile("^保存")).first.click()
    page.get_by_text("已保存。").wait_for()
    assert serious_violations(page) == [] if scripts else True
    look(page, f"follows-{scripts}")
    page.get_by_role("button", name=re.compile("^取消关注")).first.click()
    page.get_by_text("已取消关注。").wait_for()

    page.goto("/me/messages/settings/")
    group = page.get_by_role("group", name="我关注的建议有进展")
    group.get_by_label("邮件").select_option("每日汇总")
    page.get_by_label("每日汇总邮件几点发").select_option("20")
    press(page, "保存")
    page.get_by_text("已保存接收设置。").wait_for()
    assert group.get_by_label("邮件").input_value() == "daily"
    assert page.get_by_label("每日汇总邮件几点发").input_value() == "20"
    assert serious_violations(page) == [] if scripts else True
    look(page, f"settings-{scripts}")
    desk = open_page("/me/messages/settings/", user="resident2", scripts=scripts, viewport=DESK)
    look(desk, f"settings-desk-{scripts}")
    desk.goto("/me/follows/")
    look(desk, f"follows-desk-{scripts}")
    assert number
