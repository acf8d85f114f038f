"""Anonymous pages come from memory, at once new after a change, and never hold anything of a visitor."""

import gzip
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import brotli
import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.core.signing import dumps
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Site

from home.models import NewsPage
from participation.proposals.services import hide_proposal, support_proposal
from portal.jurisdictions.services.site import save_site_profile
from portal.pagecache import services
from portal.pagecache.middleware import shelf
from tests.conftest import Cast
from tests.factories.pages import column, news
from tests.factories.proposals import published

pytestmark = pytest.mark.usefixtures("page_cache")
Commit = Callable[..., Any]


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Commit:
    """A transaction of its own within the test's: what earlier lines left waiting does not count as its."""

    @contextmanager
    def committed() -> Iterator[None]:
        connection.run_on_commit = [each for each in connection.run_on_commit if each[1] is not services.forget_pages]
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return committed


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/proposals/", "/search/", "/accessibility/", "/trail/"])
def test_a_hit_asks_the_database_nothing_and_sets_no_cookie(
    client: Client, django_assert_num_queries: Any, address: str
) -> None:
    first = client.get(address)
    with django_assert_num_queries(0):
        again = client.get(address)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert (dict(first.cookies), dict(again.cookies)) == ({}, {})
    assert again.headers["Cache-Control"] == "no-cache"
    assert {part.strip() for part in again.headers["Vary"].split(",")} == {"Cookie", "Accept-Encoding"}
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.django_db
def test_kept_pages_hold_no_token_and_no_key(client: Client, cast: Cast) -> None:
    row = published(cast.resident, cast.moderator)
    page = news(column())
    for address in ("/", "/proposals/", row.get_absolute_url(), page.url):
        client.get(address)
    addresses = ["/", "/proposals/", row.get_absolute_url(), unquote(page.url)]
    assert sorted(key[2] for key in shelf.pages) == sorted(addresses)
    for kept in shelf.pages.values():
        assert re.findall(rb"csrfmiddlewaretoken|form_age|form_key|captcha", kept.body) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/lookup/", "/proposals/new/", "/division/?next=/x/"])
def test_pages_with_forms_of_a_visitor_are_not_kept(client: Client, address: str) -> None:
    client.get(address)
    assert list(shelf.pages) == []


@pytest.mark.django_db
def test_an_unknown_parameter_is_answered_and_not_kept(client: Client) -> None:
    assert client.get("/?from=groupmessage").status_code == 200
    assert list(shelf.pages) == []
    assert b"groupmessage" not in client.get("/").content


@pytest.mark.django_db
def test_somebody_logged_in_neither_gets_nor_fills_what_visitors_get(client: Client, cast: Cast) -> None:
    client.get("/")
    mine = Client()
    mine.force_login(cast.resident)
    answer = mine.get("/")
    assert b'href="/me/"' in answer.content.split(b"header__doors")[1].split(b"</div>")[0]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    shelf.clear()
    mine.get("/proposals/")
    assert list(shelf.pages) == []
    assert cast.resident.username.encode() not in client.get("/proposals/").content


@pytest.mark.django_db
def test_a_visitor_with_a_session_or_a_waiting_message_gets_a_page_of_their_own(client: Client) -> None:
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "made-up"
    client.get("/")
    other = Client()
    other.cookies["messages"] = dumps([])
    other.get("/")
    assert list(shelf.pages) == []


@pytest.mark.django_db
def test_modes_and_divisions_do_not_mix(client: Client) -> None:
    plain = client.get("/").content
    client.cookies["elder"] = "1"
    elder = client.get("/").content
    client.cookies["contrast"] = "1"
    both = client.get("/").content
    assert re.findall(rb'<html lang="zh-Hans"([^>]*)>', plain + elder + both) == [
        b"",
        b' class="elder"',
        b' class="elder contrast"',
    ]
    assert Client().get("/").content == plain


@pytest.mark.django_db
def test_hosts_do_not_mix(client: Client) -> None:
    client.get("/", headers={"host": "a.example"})
    client.get("/", headers={"host": "b.example"})
    assert len(shelf.pages) == 2


@pytest.mark.django_db
def test_the_etag_answers_304_and_changes_with_the_page(client: Client, commit: Commit) -> None:
    first = client.get("/")
    same = client.get("/", headers={"if-none-match": first.headers["ETag"]})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", first.headers["ETag"])
    with commit():
        save_site_profile(values={"site_name": "新名称议事厅", "host_organisation": "某街道", "phones": "0731-1"})
    changed = client.get("/", headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "新名称议事厅" in changed.content.decode()


@pytest.mark.django_db
def test_publishing_moving_and_taking_down_show_at_once(client: Client, commit: Commit) -> None:
    index = column()
    page = news(index, live=False)
    address = page.url
    assert "议事会召开" not in client.get(index.url).content.decode()
    with commit():
        page.save_revision().publish()
    assert "议事会召开" in client.get(index.url).content.decode()
    assert client.get(address).status_code == 200
    other = column("公示公告", "notices")
    client.get(other.url)
    with commit():
        NewsPage.objects.get(pk=page.pk).move(other, "last-child")
    assert "议事会召开" not in client.get(index.url).content.decode()
    assert "议事会召开" in client.get(other.url).content.decode()
    with commit():
        NewsPage.objects.get(pk=page.pk).unpublish()
    assert "议事会召开" not in client.get(other.url).content.decode()


@pytest.mark.django_db
def test_a_proposal_that_is_supported_or_hidden_shows_at_once(client: Client, cast: Cast, commit: Commit) -> None:
    row = published(cast.resident, cast.moderator)
    assert '<strong class="number">0</strong> 位居民附议' in client.get(row.get_absolute_url()).content.decode()
    with commit():
        support_proposal(proposal=row, user=cast.resident2)
    assert '<strong class="number">1</strong> 位居民附议' in client.get(row.get_absolute_url()).content.decode()
    with commit():
        hide_proposal(proposal=row, by=cast.moderator, reason="待复核")
    assert row.body not in client.get(row.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_bulk_update_past_every_service_counts_too(client: Client, commit: Commit) -> None:
    page = news(column())
    client.get(page.url)
    with commit():
        NewsPage.objects.filter(pk=page.pk).update(title="改过的标题")
    assert "改过的标题" in client.get(page.url).content.decode()


@pytest.mark.django_db
def test_a_page_made_while_something_changed_is_not_taken_for_new(client: Client) -> None:
    version = services.current_version()
    services.forget_pages()
    assert services.current_version() != version


@pytest.mark.django_db
def test_what_is_rolled_back_forgets_nothing(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(ZeroDivisionError), transaction.atomic():
        Site.objects.update(site_name="x")
        1 / 0  # noqa: B018
    assert services.forget_pages not in callbacks


@pytest.mark.django_db
def test_many_writes_of_one_transaction_forget_once(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        for _ in range(5):
            Site.objects.update(site_name="x")
    assert callbacks == [services.forget_pages]


@pytest.mark.django_db
def test_a_page_is_made_anew_after_its_time_and_on_the_next_day(client: Client) -> None:
    with time_machine.travel("2026-03-10 15:00:00+00:00", tick=False):
        today = services.current_version()
    with time_machine.travel("2026-03-10 16:30:00+00:00", tick=False):
        assert services.current_version() != today
    client.get("/")
    kept = next(iter(shelf.pages.values()))
    kept.until = 0.0
    client.get("/")
    assert next(iter(shelf.pages.values())) is not kept


@pytest.mark.django_db
def test_packed_answers_say_the_same(client: Client) -> None:
    plain = client.get("/").content
    for name, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = client.get("/", headers={"accept-encoding": name})
        assert packed.headers["Content-Encoding"] == name
        assert int(packed.headers["Content-Length"]) == len(packed.content)
        assert unpack(packed.content) == plain


@pytest.mark.django_db
def test_the_shelf_stays_within_its_bounds(client: Client, settings: Any) -> None:
    size = 2 * len(client.get("/").content)
    settings.PAGE_CACHE_BYTES = size * 8
    for day in range(1, 21):
        client.get(f"/proposals/?since=2026-01-{day:02d}")
    assert 0 < shelf.bytes <= size * 8
    assert shelf.bytes == sum(page.size for page in shelf.pages.values())


@pytest.mark.django_db
def test_head_and_post_pass_by(client: Client) -> None:
    client.head("/")
    client.post("/modes/", {"elder": "1"})
    assert list(shelf.pages) == []


def test_every_quiet_table_exists() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert django_settings.PAGE_CACHE_QUIET_TABLES - tables - {"portal_cache"} == frozenset()


def test_forgetting_from_many_threads_never_repeats_a_version() -> None:
    seen = [services.current_version()]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: services.forget_pages(), range(100)))
    seen.append(services.current_version())
    assert seen[0] != seen[1]
    assert services.version_file().stat().st_size == 100


def test_without_a_place_to_write_a_change_is_logged_and_does_not_fail(settings: Any, caplog: Any) -> None:
    settings.PAGE_CACHE_FILE = "/nonexistent/pages.version"
    services.forget_pages()
    assert "could not be forgotten" in caplog.text
