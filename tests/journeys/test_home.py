"""The first page, as a visitor meets it."""

import pytest

from tests.journeys.conftest import DESK, PHONE, OpenPage, serious_violations

pytestmark = pytest.mark.once


def test_home_page_opens_on_a_phone_and_on_a_desk(open_page: OpenPage, scripts: bool) -> None:
    for viewport in (PHONE, DESK):
        page = open_page("/", scripts=scripts, viewport=viewport)
        assert page.locator("html").get_attribute("lang") == "zh-Hans"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_home_page_has_no_serious_accessibility_violation(open_page: OpenPage) -> None:
    assert serious_violations(open_page("/")) == []


def test_a_missing_page_says_so_in_chinese(open_page: OpenPage) -> None:
    page = open_page("/no-such-page/")
    assert page.locator("h1").count() == 1
