"""Residents rate a closed matter on a phone in elder mode, scripts off; one by the link of a mail, not logged in."""

import re
from email import message_from_string, policy
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import OpenPage
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

VALUES = ("满意", "不满意", "基本满意")


def in_elder_mode(page: "Page", path: str) -> None:
    page.context.add_cookies([{"name": "elder", "value": "1", "url": page.url}])
    page.goto(path)
    assert page.locator("html[data-elder], html.elder, html[class*=elder]").count() == 1


def small_targets(page: "Page") -> list[str]:
    """Labels of choices that a thumb would miss."""
    labels = page.locator("form label:has(input[type=radio]):visible").all()
    return [label.inner_text() for label in labels if (label.bounding_box() or {"height": 0})["height"] < 44]


def link_in_mail(server: Server, address: str) -> str:
    """Of the one mail with the question to this address; a file holds all mails of one run."""
    letters = [letter for mail in server.mails() for letter in re.split(r"^-{79}$", mail, flags=re.M) if letter.strip()]
    mails = [message_from_string(letter.lstrip(), policy=policy.default) for letter in letters]
    mine = [mail for mail in mails if address in str(mail["To"]) and "解决了吗" in str(mail["Subject"])]
    [words] = [mail.get_body(("plain",)).get_content() for mail in mine]
    [found] = re.findall(r"/ledger/solved/[^\s]+", words)
    return str(found)


@pytest.mark.once  # what is written is proved on both databases by test_legs and test_asking
def test_residents_rate_a_matter_on_a_phone_and_one_by_the_link_of_the_mail(
    open_page: OpenPage, server: Server
) -> None:
    path = server.inside("ask_whether_solved", ASK="")

    proposer = open_page("/", user="resident", scripts=False)
    in_elder_mode(proposer, f"{path}rate/")
    assert small_targets(proposer) == []
    proposer.get_by_role("radio", name="满意", exact=True).check()
    proposer.get_by_role("group", name=re.compile("办理态度")).get_by_role("radio", name="5 很好").check()
    proposer.get_by_role("button", name="提交评价").click()
    proposer.get_by_text("谢谢，您的评价已经记下。").wait_for()

    neighbour = open_page("/", user="deputy", scripts=False)
    in_elder_mode(neighbour, path)
    neighbour.get_by_role("link", name="我来评价").click()
    neighbour.get_by_role("button", name="提交评价").click()
    neighbour.get_by_text("请选择满意、基本满意或不满意").first.wait_for()
    neighbour.get_by_role("radio", name="基本满意", exact=True).check()
    neighbour.get_by_role("button", name="提交评价").click()
    neighbour.get_by_text("谢谢，您的评价已经记下。").wait_for()

    server.inside("ask_whether_solved", ASK="1")
    reader = open_page("/", scripts=False)
    in_elder_mode(reader, link_in_mail(server, "resident2@example.org"))
    reader.get_by_role("radio", name="已解决，基本满意").check()
    reader.get_by_role("button", name="确认评价").click()
    reader.get_by_text("您的评价已经收到").wait_for()

    visitor = open_page(path, scripts=False)
    words = visitor.locator(".legs").inner_text()
    # how many members there are depends on the journeys before
    said = ("提出人均已评价", r"应评\d+人，未评价", "已评价的不足5人")
    assert [each for each in said if not re.search(each, words)] == []
    assert [each for each in VALUES if each in words] == []
