"""The admin speaks Chinese and asks no other host (the guard of every journey sees to the second)."""

from typing import TYPE_CHECKING

import pytest

from scripts.crawl_admin import READ, foreign_words
from tests.journeys.conftest import DESK, OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.once

PATHS = {
    "admin": [
        "/admin/",
        "/admin/pages/3/",
        "/admin/pages/3/edit/",
        "/admin/account/",
        "/admin/groups/",
        "/admin/sites/",
    ],
    "editor": ["/admin/", "/admin/images/", "/admin/images/add/", "/admin/documents/", "/admin/handbook/"],
    "moderator": ["/admin/reviews/", "/admin/reports/workflow/"],
}


def foreign(page: "Page") -> set[str]:
    return {text for text in page.evaluate(READ) if foreign_words(text)}


@pytest.mark.parametrize("user", PATHS)
def test_no_english_is_left_on_the_daily_pages_and_no_other_host_is_asked(open_page: OpenPage, user: str) -> None:
    page = open_page(PATHS[user][0], user=user, viewport=DESK)
    found = {PATHS[user][0]: foreign(page)}
    for path in PATHS[user][1:]:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found[path] = foreign(page)
    assert found == {path: set() for path in PATHS[user]}


def test_the_dialog_of_keyboard_shortcuts_and_the_text_field_speak_chinese(open_page: OpenPage) -> None:
    page = open_page("/admin/pages/3/edit/", user="admin", viewport=DESK)
    page.keyboard.press("Control+/")
    page.wait_for_load_state("networkidle")
    assert foreign(page) == set()
