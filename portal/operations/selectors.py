"""Is this process ready to serve? Cheap enough to be asked every few seconds, and never for long."""

import datetime
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from .models import JobRun

ANSWER_WITHIN_MS = 2000
WORKER_LATE_AFTER = datetime.timedelta(minutes=30)


class NotReady(Exception):
    """A part does not work."""


def readiness() -> dict[str, str]:
    """Each part with "ok", "failed" or "late"; only "failed" makes the answer 503. No reasons: the page is public."""
    parts: dict[str, Callable[[], None]] = {"migrations": _migrations, "cache": _cache, "disk": _disk}
    answers = {"database": "ok"}
    try:
        with _impatient():
            for name, check in parts.items():
                answers[name] = _answer(check)
            answers["worker"] = "late" if answers["migrations"] == "ok" and worker_is_late() else "ok"
    except Exception:  # without the database the rest would only wait again
        connection.close()
        return {"database": "failed", "disk": _answer(_disk)}
    return answers


def _answer(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception:  # whatever it is, this part does not work
        return "failed"
    return "ok"


@contextmanager
def _impatient() -> Iterator[None]:
    """For a moment the database may not keep us waiting as long as it otherwise may."""
    if connection.vendor == "postgresql":
        shorten, restore = f"SET statement_timeout = {ANSWER_WITHIN_MS}", "RESET statement_timeout"
    else:
        usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
        shorten, restore = f"PRAGMA busy_timeout = {ANSWER_WITHIN_MS}", f"PRAGMA busy_timeout = {usual}"
    with connection.cursor() as cursor:
        cursor.execute(shorten)
        cursor.execute("SELECT 1")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(restore)


@cache
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def pending_migrations() -> list[str]:
    """Names of migrations that the code has and the database has not."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _migrations_on_disk() if (app, name) not in applied)


def future_migrations() -> list[str]:
    """Names of migrations in the database that come after the code's newest: this code is older than the data.

    Earlier ones that the code no longer has were squashed away, and say nothing.
    """
    newest: dict[str, str] = {}
    for app, name in _migrations_on_disk():
        newest[app] = max(name, newest.get(app, ""))
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if name > newest.get(app, name))


def has_no_tables() -> bool:
    return not connection.introspection.table_names()


def lost_files(newest: int) -> list[str]:
    """Names of files that rows have and the storage has not, looking at so many newest rows of each model."""
    lost = []
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.FileField):
                rows = model._base_manager.exclude(**{field.attname: ""}).order_by("-pk")
                names = rows.values_list(field.attname, flat=True)[:newest]
                lost += [name for name in names if name and not field.storage.exists(name)]
    return lost


def _migrations() -> None:
    if pending_migrations():
        raise NotReady


def _cache() -> None:
    key, nonce = f"readyz:{os.getpid()}:{threading.get_ident()}", secrets.token_hex(8)
    caches["default"].set(key, nonce, 60)
    if caches["default"].get(key) != nonce:
        raise NotReady


def _disk() -> None:
    for folder in written_folders():
        if free_bytes(folder) < settings.MIN_FREE_BYTES:
            raise NotReady


def written_folders() -> list[Path]:
    return [Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)]


def backup_folder() -> Path:
    return Path(settings.BACKUP_DIR or Path(settings.VAR_DIR) / "backups")


def free_bytes(folder: Path) -> int:
    """Room on the disk of the folder; one that is not there yet stands for its nearest parent."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def last_job_start() -> datetime.datetime | None:
    return JobRun.objects.exclude(started_at=None).order_by("-started_at").values_list("started_at", flat=True).first()


def worker_is_late() -> bool:
    """Whether the periodic runner has not been seen for half an hour, though it has run before."""
    last = last_job_start()
    return last is not None and last < timezone.now() - WORKER_LATE_AFTER
