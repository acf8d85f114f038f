import pytest

from portal.pagecache.rules import changes_pages, look_of, matches_etag, may_be_kept

QUIET = {"django_session"}
PAGE = {"Content-Type": "text/html; charset=utf-8", "Vary": "Cookie"}


@pytest.mark.parametrize(
    ("sql", "changes"),
    [
        ('SELECT "a" FROM "home_newspage"', False),
        ('INSERT INTO "proposals_support" ("id") VALUES (1)', True),
        ('INSERT OR IGNORE INTO "proposals_support" ("id") VALUES (1)', True),
        ('UPDATE "proposals_proposal" SET "support_count" = 1', True),
        ('DELETE FROM "wagtailcore_page" WHERE 1', True),
        ("TRUNCATE TABLE something", True),
        ('UPDATE "django_session" SET "session_data" = %s', False),
        ('UPDATE "accounts_user" SET "last_login" = %s WHERE "accounts_user"."id" = %s', False),
        ('UPDATE "accounts_user" SET "last_login" = %s, "nickname" = %s WHERE "id" = %s', True),
        ('UPDATE "accounts_user" SET "nickname" = %s WHERE "id" = %s', True),
        ("SAVEPOINT s1", False),
        ("PRAGMA foreign_keys", False),
    ],
)
def test_a_write_to_anything_but_the_quiet_tables_changes_pages(sql: str, changes: bool) -> None:
    assert changes_pages(sql, QUIET) is changes


@pytest.mark.parametrize(
    ("cookies", "look"),
    [
        ({}, "00"),
        ({"elder": "1"}, "10"),
        ({"contrast": "1", "csrftoken": "x"}, "01"),
        ({"elder": "yes"}, "00"),
        ({"division": "430381001000", "elder": "1"}, "10430381001000"),
        ({"division": "<script>"}, "00"),
        ({"division": "430381001000", "theme": "dark"}, "00430381001000+dark"),
        ({"theme": "pink"}, "00"),
        ({"division": "1" * 13}, "00"),
    ],
)
def test_only_the_modes_and_a_possible_division_tell_pages_apart(cookies: dict[str, str], look: str) -> None:
    assert look_of(cookies) == look


@pytest.mark.parametrize(
    ("change", "is_kept"),
    [
        ({}, True),
        ({"Content-Type": "application/atom+xml; charset=utf-8"}, True),
        ({"Cache-Control": "private"}, False),
        ({"Vary": "Cookie, HX-Request"}, False),
        ({"Content-Type": "image/png"}, False),
        ({"Content-Encoding": "br"}, False),
    ],
)
def test_what_a_view_said_about_caching_is_respected(change: dict[str, str], is_kept: bool) -> None:
    assert may_be_kept(status=200, headers=PAGE | change, sets_cookies=False) is is_kept


def test_an_error_or_a_page_that_sets_a_cookie_is_not_kept() -> None:
    assert may_be_kept(status=404, headers=PAGE, sets_cookies=False) is False
    assert may_be_kept(status=200, headers=PAGE, sets_cookies=True) is False


@pytest.mark.parametrize(
    ("asked", "matches"), [('W/"a"', True), ('"a"', True), ('"b", W/"a"', True), ("*", True), ('"b"', False)]
)
def test_etags_are_compared_weakly(asked: str, matches: bool) -> None:
    assert matches_etag(asked, 'W/"a"') is matches
