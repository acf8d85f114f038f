"""Copying the whole database out and in: SQLite by its backup API, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction

Counts = dict[str, int]
FILE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class CopyFailed(Exception):
    """The database cannot be copied; the text says why and what to do."""


def is_empty() -> bool:
    """Whether the portal's database holds no table at all. A SQLite file that does not exist counts."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def dump(target: Path) -> Counts:
    """Write one consistent moment of the database to `target` while others go on writing; rows per table in it."""
    return _dump_sqlite(target) if connection.vendor == "sqlite" else _dump_postgresql(target)


def load(source: Path) -> Counts:
    """Replace the whole content of the database by a dump; rows per table afterwards."""
    connection.close()
    if connection.vendor == "sqlite":
        return _load_sqlite(source)
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
         "--dbname", connection.settings_dict["NAME"], str(source))  # fmt: skip
    return _counts_postgresql()


# --- SQLite ---------------------------------------------------------------------------------------------------
def _dump_sqlite(target: Path) -> Counts:
    name = connection.settings_dict["NAME"]
    with (
        _plain_words(),
        closing(sqlite3.connect(name, timeout=60)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)  # in one step: one moment, and no restart when others write
        copy.execute("PRAGMA journal_mode=DELETE")  # the copy is one file, without a log beside it
        return _counts_sqlite(copy)


def _load_sqlite(source: Path) -> Counts:
    name = Path(connection.settings_dict["NAME"])
    name.parent.mkdir(parents=True, exist_ok=True)
    with (
        _plain_words(),
        closing(sqlite3.connect(source)) as copy,
        closing(sqlite3.connect(name, timeout=60)) as target,
    ):
        copy.backup(target)  # one transaction of the target: a kill half-way leaves what was there
        target.execute("PRAGMA journal_mode=WAL")
        return _counts_sqlite(target)


@contextmanager
def _plain_words() -> Iterator[None]:
    """What SQLite says, as what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        words = {
            "SQLITE_FULL": "磁盘空间不够，请先腾出空间",
            "SQLITE_BUSY": "数据库正在使用，请先停下本系统",
            "SQLITE_LOCKED": "数据库正在使用，请先停下本系统",
            "SQLITE_READONLY": "数据库文件或它的目录不可写",
            "SQLITE_CANTOPEN": "数据库文件打不开，或目录不可写",
            "SQLITE_CORRUPT": "数据库文件已损坏",
            "SQLITE_NOTADB": "数据库文件已损坏，或不是数据库",
        }
        code = "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])
        raise CopyFailed(f"{words.get(code, '数据库出错')}（{error}）。") from error


def _counts_sqlite(database: sqlite3.Connection) -> Counts:
    if (verdict := database.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
        raise CopyFailed(f"数据库已损坏：{verdict}")
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
    ).fetchall()
    return {name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608


# --- PostgreSQL -----------------------------------------------------------------------------------------------
def _dump_postgresql(target: Path) -> Counts:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        counts = _counts_postgresql()
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner", "--file", str(target))
    return counts


def _counts_postgresql() -> Counts:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
        counts = {}
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT COUNT(*) FROM "{name}"')  # noqa: S608 - a name from the catalogue
            counts[name] = cursor.fetchone()[0]
        return counts


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program) or max(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{program}")), default="")
    if not found:
        raise CopyFailed(f"找不到 {program}：请安装 PostgreSQL 客户端（apt-get install postgresql-client）。")
    database = connection.settings_dict
    options = database.get("OPTIONS", {})
    answers = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"] or ""),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],  # never in the command line, where others could read it
        "PGDATABASE": database["NAME"],
        "PGSSLMODE": options.get("sslmode", ""),
        "PGSSLROOTCERT": options.get("sslrootcert", ""),
    }
    env = os.environ | {name: value for name, value in answers.items() if value}
    done = subprocess.run([found, *arguments], env=env, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise CopyFailed(f"{program} 没有做成：{done.stderr.strip()[:2000]}")
