"""One file with the database of one moment and the media, and a manifest that tells what must be in it."""

import datetime
import hashlib
import hmac
import io
import json
import os
import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ..adapters import databases
from ..selectors import backup_folder

PREFIX, SUFFIX = "portal-", ".tar.gz"
DUMPED = ".dump-"
MANIFEST = "manifest.json"
FORMAT = 1
KEYS = ("FIELD_KEY", "SECRET_KEY")
ABANDONED_AFTER = 24 * 3600


class _Hashed:
    """A file that hashes what is read from it, so that the manifest speaks of the bytes that went in."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.digest.update(chunk)
        return chunk


def back_up(folder: Path | None = None, *, keep: int | None = None) -> Path:
    """Write a backup and return its path; with `keep`, older ones beyond that number are removed.

    The database comes first: a file that a row of it names was already there. The archive gets its name only when
    it is whole and on the disk. Keys are not in it: keep FIELD_KEY elsewhere, or encrypted fields stay unreadable.
    """
    folder = folder or backup_folder()
    folder.mkdir(parents=True, exist_ok=True)
    remove_abandoned(folder, f"{PREFIX}*.partial", f"{DUMPED}*")
    moment = timezone.localtime()
    partial = folder / f"{PREFIX}{moment:%Y%m%d-%H%M%S-%f}{SUFFIX}.{os.getpid()}.partial"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # personal data is inside
    try:
        with os.fdopen(descriptor, "wb") as output:
            _write(output, moment, folder)
            output.flush()
            os.fsync(output.fileno())
        path = partial.with_name(partial.name.removesuffix(f".{os.getpid()}.partial"))
        partial.rename(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    if keep is not None:
        for old in backups(folder)[max(keep, 1) :]:
            old.unlink()
    return path


def key_marks() -> dict[str, str]:
    """By which a restore knows other keys from the same ones; the keys cannot be told from the marks."""
    return {name: key_mark(name, getattr(settings, name, "")) for name in KEYS}


def key_mark(name: str, key: str) -> str:
    return hmac.new(key.encode(), f"portal backup {name}".encode(), hashlib.sha256).hexdigest()[:16]


def backups(folder: Path | None = None) -> list[Path]:
    """Finished backups, newest first."""
    return sorted((folder or backup_folder()).glob(f"{PREFIX}*{SUFFIX}"), reverse=True)


def backup_age(path: Path) -> datetime.timedelta:
    return datetime.timedelta(seconds=time.time() - path.stat().st_mtime)


def _write(output: BinaryIO, moment: datetime.datetime, folder: Path) -> None:
    files: dict[str, dict[str, str | int]] = {}
    name = databases.FILE_NAMES[connection.vendor]
    with tarfile.open(fileobj=output, mode="w:gz", compresslevel=3) as archive:
        with tempfile.TemporaryDirectory(dir=folder, prefix=DUMPED) as work:
            dumped = Path(work) / name
            counts = databases.dump(dumped)
            files[name] = _add(archive, dumped, name)
        media = Path(settings.MEDIA_ROOT)
        for path in _regular_files(media):
            inside = f"media/{path.relative_to(media).as_posix()}"
            try:
                files[inside] = _add(archive, path, inside)
            except FileNotFoundError:
                continue  # removed since it was listed
        manifest = {
            "format": FORMAT,
            "created_at": moment.isoformat(timespec="seconds"),
            "vendor": connection.vendor,
            "database": name,
            "counts": counts,
            "keys": key_marks(),
            "files": files,
        }
        content = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode, entry.mtime = len(content), 0o600, int(moment.timestamp())
        archive.addfile(entry, io.BytesIO(content))


def _add(archive: tarfile.TarFile, path: Path, name: str) -> dict[str, str | int]:
    with path.open("rb") as source:
        state = os.fstat(source.fileno())
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = state.st_size, 0o600, int(state.st_mtime)
        hashed = _Hashed(source)
        archive.addfile(entry, hashed)
    return {"sha256": hashed.digest.hexdigest(), "bytes": entry.size}


def _regular_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def remove_abandoned(folder: Path, *patterns: str) -> None:
    """What a killed backup or restore left behind a day ago: personal data is inside."""
    for path in (path for pattern in patterns for path in folder.glob(pattern)):
        if time.time() - path.stat().st_mtime > ABANDONED_AFTER:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
