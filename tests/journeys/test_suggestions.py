"""商请代表提出代表建议: a matter of an upper level, routed by the committee, answered by a deputy, read by anybody."""

import pytest
from django.utils import timezone

from tests.journeys.conftest import DESK, OpenPage, serious_violations
from tests.journeys.test_ledger import do, offers
from tests.journeys.test_proposals import press
from tests.servers import Server

STEPS = [
    "登记入台账", "商请人大代表提出代表建议", "代表提出代表建议", "登记收到的答复", "办结",
]  # fmt: skip


@pytest.mark.once  # what it writes tests/participation shows on both kinds of database
def test_a_matter_of_an_upper_level_goes_to_deputies_and_everybody_reads_each_step(
    open_page: OpenPage, server: Server
) -> None:
    key, public = server.inside("open_upper_matter", TITLE="省道穿城段改线")
    desk = f"/admin/ledger/items/{key}/"
    committee = open_page(desk, user="committee", scripts=False, viewport=DESK)
    form = committee.locator("#do-suggest_to_deputies")
    form.get_by_label("代表示例一").check()
    do(committee, "商请人大代表提出代表建议", text="请就省道穿城段改线提出代表建议。")
    visitor = open_page(public, scripts=False)
    words = visitor.locator("main").inner_text()
    assert ("湘乡市人大代表1位" in words, "代表示例一" in words) == (True, False)

    deputy = open_page("/me/", user="deputy")
    deputy.get_by_role("link", name="省道穿城段改线").first.click()
    deputy.get_by_role("radio", name="已提出代表建议").check()
    deputy.get_by_label("代表建议编号").fill("第37号")
    assert serious_violations(deputy) == []
    press(deputy, "提交答复")
    assert "第37号" in deputy.locator("main").inner_text()
    assert not deputy.get_by_role("button", name="提交答复").count()  # a deputy handles nothing and closes nothing

    committee.goto(desk)
    days = dict.fromkeys(("met_on", "reported_to_committee_on", "reported_to_congress_on"), str(timezone.localdate()))
    reply = {"unit_name": "市交通运输局（示例）", "kind": "已解决", "text": "外环已通车，货车改走外环。"}
    do(committee, "登记收到的答复", **reply, **days)
    do(committee, "办结")
    assert not offers(committee, "assign")

    visitor.reload()
    assert visitor.locator(".timeline__title").all_inner_texts() == STEPS
    words = visitor.locator("main").inner_text()
    for shown in (
        "第37号",
        "市交通运输局（示例）",
        "外环已通车，货车改走外环。",
        "已办结",
        "人大代表不直接处理具体问题",
    ):
        assert shown in words, shown
    assert "代表示例一" not in words
