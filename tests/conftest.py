"""Fixtures for every test: the database copy, the cast, the shared data.

How to write tests: docs/testing.md.
"""

import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from scripts.fingerprint import DEMO, MIGRATIONS, fingerprint
from scripts.translations import compile_stale
from tests.databases import Store, manage, migrated, store_for
from tests.servers import Server

if TYPE_CHECKING:
    from portal.accounts.models import User

# A busy machine is no failure: time is asserted where it is the point.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


def pytest_configure() -> None:
    compile_stale()  # the .mo files are not in git


def pytest_collection_finish() -> None:
    """All of Wagtail and every test stay anyway: the collector need not walk them again (a sixth of the time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


# --- Database -------------------------------------------------------------------------------------------------
class TestDatabase:
    """The copies that this run works on: one bare, one with the cast, which would take a second to make in every test.

    `use()` connects to one of them, `renew()` puts a fresh one in its place.
    """

    __test__ = False
    current: "TestDatabase | None" = None
    wanted = "bare"

    def __init__(self, store: Store) -> None:
        self.store = store
        self.names: dict[str, str] = {}
        self.kind = ""
        bare = store.template(f"migrated_{fingerprint(*MIGRATIONS)}", migrated)
        cast = f"cast_{fingerprint(*MIGRATIONS, *DEMO)}"
        self.templates = {"bare": bare, "cast": store.template(cast, with_cast, base=bare)}

    def use(self, kind: str) -> None:
        if kind == self.kind:
            return
        self.kind = kind
        if kind in self.names:
            self._connect()
        else:
            self.renew()

    def renew(self) -> None:
        from portal.settings.base import database_from

        connections.close_all()
        copy = self.store.copy(self.templates[self.kind], f"portal_test_{self.kind}")
        self.names[self.kind] = database_from(copy)["NAME"]
        self._connect()

    def _connect(self) -> None:
        connections.close_all()
        settings_dict = connections["default"].settings_dict
        settings_dict["NAME"] = settings_dict["TEST"]["NAME"] = self.names[self.kind]


def with_cast(url: str) -> None:
    code = (Path(__file__).parent / "inside" / "make_cast.py").read_text()
    manage("shell", "--no-imports", "-c", code, url=url)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Browsers are opened in tests/journeys only: the browsers' part need not read the rest, but for its own share."""
    if os.environ.get("TEST_PART") == "browser" and collection_path.parent == ROOT / "tests":
        return (collection_path.is_dir() and collection_path.name not in ("journeys", *WITH_BROWSERS)) or None
    return None


WITH_BROWSERS = ("architecture", "home", "races")  # beside the browsers, so that the two parts end together


DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "database_store"}


PAGE_FIXTURES, THIRDS = {"client", "admin_client", "server"}, 3
RACES = "races"  # the one place where a page is asked because of the database behind it
FEATURES = ("home", "journeys", "liaison_stations", "participation")


def commit_number() -> int | None:
    """Whose turn it is among the tests that run in turn (decision 0007). None, everybody's, with TEST_TURNS=all, and
    for whoever runs some tests by hand on SQLite."""
    is_whole_suite = os.environ.get("TEST_PART") or os.environ.get("TEST_DATABASE_URL")
    if os.environ.get("TEST_TURNS") == "all" or not is_whole_suite:
        return None
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: S607 - the git on the path
    return int(head[:8] or "0", 16)


def is_in_turn(name: str, number: int | None, *, parts: int = THIRDS) -> bool:
    return number is None or (crc32(name.encode()) + number) % parts == 0


def variants_not_due(items: list[pytest.Item], number: int | None) -> set[str]:
    """Of the variants of each test marked `in_turn` all but one, of more than three all but a third, in turn."""
    variants: dict[str, list[str]] = {}
    for item in items:
        if item.get_closest_marker("in_turn") and not item.get_closest_marker("figures"):
            variants.setdefault(item.nodeid.partition("[")[0], []).append(item.nodeid)
    if number is None:
        return set()
    return {
        name
        for names in variants.values()
        for place, name in enumerate(names)
        if (place - number) % min(len(names), THIRDS)
    }


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What cannot depend on the kind of database runs once, in the SQLite half: tests that touch none, and those
    marked `once`. Of the features' tests and those through pages a third runs on PostgreSQL, of the variants of a long
    way one, others with each commit (decision 0007). With TEST_PART the run is one of two, "browser" or "rest"
    (scripts/run_tests.py); whoever runs a file by hand on SQLite runs all of it."""
    import environ

    env = environ.Env()
    part = env.str("TEST_PART", default="")
    is_second = bool(env.str("TEST_DATABASE_URL", default=""))

    def is_due(item: pytest.Item) -> bool:
        names = set(getattr(item, "fixturenames", ()))
        room = item.path.relative_to(ROOT / "tests").parts[0]
        if not is_second:
            return not part or ("browser" in names or room in WITH_BROWSERS) == (part == "browser")
        if item.get_closest_marker("once") or not (item.get_closest_marker("django_db") or DATABASE_FIXTURES & names):
            return False
        marker = item.get_closest_marker("django_db")
        is_about_the_database = room == RACES or bool(marker and marker.kwargs.get("transaction"))
        waits = room in FEATURES or PAGE_FIXTURES & names
        return is_about_the_database or not waits or is_in_turn(item.nodeid, number)

    number = commit_number()
    waiting = set() if is_second else variants_not_due(items, number)
    due = [item for item in items if item.nodeid not in waiting and is_due(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(due)])
    items[:] = due


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    TestDatabase.wanted = "cast" if "divisions" in getattr(item, "fixturenames", ()) else "bare"
    if TestDatabase.current:
        TestDatabase.current.use(TestDatabase.wanted)


@pytest.fixture(scope="session", autouse=True)
def media_folder(django_test_environment: None) -> Iterator[None]:
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def database_store() -> Iterator[Store]:
    import environ

    store = store_for(environ.Env().str("TEST_DATABASE_URL", default=""))
    yield store
    connections.close_all()
    store.close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, database_store: Store, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """A copy of the migrated template. A test in its own transaction rolls back; one with `transaction=True` gets a
    fresh copy afterwards instead of Django's flush, which the trail's triggers refuse."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        TestDatabase.current = database = TestDatabase(database_store)
        database.use(TestDatabase.wanted)
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: database.renew()  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


# --- The real server ------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def server(database_store: Store) -> Iterator[Server]:
    """gunicorn with two workers on a database with divisions and the cast; shared by all black-box tests."""
    server = Server(database_store, "portal_served")
    yield server
    server.close()


# --- The cast -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Cast:
    """One person per role, by role name (domain.md); `cast["unit2"]` and `cast.unit2` are the same person."""

    resident: "User"
    resident2: "User"
    member: "User"
    deputy: "User"
    clerk: "User"
    community: "User"
    editor: "User"
    moderator: "User"
    committee: "User"
    director: "User"
    unit: "User"
    unit2: "User"
    party: "User"
    superior: "User"
    auditor: "User"
    admin: "User"

    def __getitem__(self, name: str) -> "User":
        user: User = getattr(self, name)
        return user


CAST = [field.name for field in fields(Cast)]


@pytest.fixture
def divisions(db: None) -> None:
    """湖南 → 长沙, 湘潭 → 湘乡 → 望春门街道 with communities; a second subdistrict, a second county."""


@pytest.fixture
def cast(divisions: None) -> Cast:
    """The sixteen people of the demo, with their roles; they log in by `client.force_login(cast.resident)`."""
    from portal.accounts.models import User

    users = {user.username: user for user in User.objects.filter(username__in=CAST)}
    return Cast(**{name: users[name] for name in CAST})


# --- Real data ------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real exports beside the repository; not part of it, so a test that needs it may be skipped."""
    if not SHARED_DATA.is_dir():
        pytest.skip("../shared/data is not on this machine: the real exports are not part of the repository")
    return SHARED_DATA
