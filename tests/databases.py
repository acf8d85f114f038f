"""Databases for tests: migrated once per set of migrations, kept as a template, copied for every run.

Migrating takes 15 s (Wagtail's share), copying a fraction of one. Copying also replaces flushing, which the portal's
own triggers refuse: the trail cannot be emptied, not even by a test.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "templates"
KEEP_TEMPLATES = 6

Build = Callable[[str], None]


def manage(*arguments: str, url: str, **environment: str) -> None:
    """Run manage.py against the database at `url`, under the test settings unless `environment` names others."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "TEST_DATABASE_URL": url}
    env |= {"DATABASE_URL": url} | environment
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")


def migrated(url: str) -> None:
    code = "from django.core.management import call_command as c; c('migrate', verbosity=0); c('createcachetable')"
    manage("shell", "--no-imports", "-c", code, url=url)  # one process: each start takes seconds


@contextmanager
def locked(name: str) -> Iterator[None]:
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteStore:
    """Templates are files under var/templates, copies files in a temporary folder."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="portal-test-db-"))
        self.copies: dict[str, Path] = {}

    def template(self, name: str, build: Build, base: str | None = None) -> str:
        """The template's name; built by `build(url)` on a copy of `base` if it is not there yet."""
        path = TEMPLATES / f"{name}.sqlite3"
        with locked("sqlite"):
            if not path.exists():
                draft = Path(urlsplit(self.copy(base, f"draft-{name}")).path) if base else self.home / f"draft-{name}"
                build(f"sqlite:///{draft}")
                with closing(sqlite3.connect(draft)) as connection:  # nothing may stay behind in the write-ahead log
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                shutil.move(draft, path.with_suffix(".draft"))
                path.with_suffix(".draft").replace(path)
            os.utime(path)
            kinds = sorted(TEMPLATES.glob("*.sqlite3"), key=lambda each: each.stat().st_mtime, reverse=True)
            for old in kinds[KEEP_TEMPLATES:]:
                old.unlink()
        return name

    def copy(self, template: str, name: str) -> str:
        """A fresh copy for `name`; its URL. The earlier one goes, but under a path of its own: whoever still holds it
        open (a thread that a test left behind) must not meet another database there."""
        if earlier := self.copies.get(name):
            for suffix in ("", "-wal", "-shm"):
                earlier.with_name(earlier.name + suffix).unlink(missing_ok=True)
        handle, text = tempfile.mkstemp(prefix=f"{name}-", dir=self.home)
        os.close(handle)
        path = self.copies[name] = Path(text)
        shutil.copyfile(TEMPLATES / f"{template}.sqlite3", path)
        return f"sqlite:///{path}"

    def close(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)


class PostgresStore:
    """Templates and copies are databases of one cluster, which is somebody else's to remove."""

    def __init__(self, url: str) -> None:
        self.server = url
        self.copies: set[str] = set()

    def _execute(self, *statements: str) -> list[tuple[object, ...]]:
        import psycopg

        with psycopg.connect(self._conninfo(), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def _conninfo(self) -> str:
        return self.server.replace("postgres://", "postgresql://", 1)

    def _url(self, name: str) -> str:
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{name}"))

    def template(self, name: str, build: Build, base: str | None = None) -> str:
        with locked("postgres"):
            if not self._execute(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
                draft = f"draft_{name}"
                if base:
                    self.copy(base, draft)
                else:
                    self._execute(f'DROP DATABASE IF EXISTS "{draft}"', f'CREATE DATABASE "{draft}"')
                build(self._url(draft))
                self._execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
        return name

    def copy(self, template: str, name: str) -> str:
        self._execute(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY',
        )
        self.copies.add(name)
        return self._url(name)

    def close(self) -> None:
        for name in self.copies:
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


Store = SqliteStore | PostgresStore


def store_for(url: str) -> Store:
    return PostgresStore(url) if url.startswith("postgres") else SqliteStore()
