"""The version of everything public: who has a page of an older one makes it anew."""

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger(__name__)
SHARED_KEY = "pagecache:version"
SHARED_SECONDS = 1.0  # another machine may show the old page for so long
LONGEST = 1_000_000  # bytes of the version file, one for every change, before it is begun anew
Version = tuple[Any, ...]
Value = TypeVar("Value")


def version_file() -> Path:
    return Path(settings.PAGE_CACHE_FILE)


def forget_pages() -> None:
    """Every worker of this machine makes its pages anew from the next request on; called after a commit."""
    path = version_file()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, b".")  # its length only grows, so that no two versions look alike
            if os.fstat(descriptor).st_size > LONGEST:
                path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)
        if settings.PAGE_CACHE_SHARED:
            cache.set(SHARED_KEY, secrets.token_hex(8), timeout=None)
    except Exception:  # what changed is committed; pages are old for PAGE_CACHE_SECONDS at most
        logger.exception("Kept pages could not be forgotten")


class _Shared:
    """The version in the shared cache, asked for once a second."""

    def __init__(self) -> None:
        self.value: str | None = None
        self.until = 0.0
        self.lock = threading.Lock()

    def read(self) -> str | None:
        now = time.monotonic()
        if now >= self.until and self.lock.acquire(blocking=False):
            try:
                self.value = cache.get(SHARED_KEY)
                self.until = now + SHARED_SECONDS
            finally:
                self.lock.release()
        return self.value


_shared = _Shared()


def current_version() -> Version:
    """Differs after every change, and on every day: pages say how many days are left."""
    try:
        stat = os.stat(settings.PAGE_CACHE_FILE)
        local: Version = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    except OSError:
        local = ()
    return (local, _shared.read() if settings.PAGE_CACHE_SHARED else None, date.today().toordinal())  # noqa: DTZ011


_small: dict[str, tuple[Version, Any]] = {}


def kept(name: str, make: Callable[[], Value]) -> Value:
    """A small public fact that every page asks for, made anew after every change, in each worker."""
    if not settings.PAGE_CACHE_SECONDS:
        return make()
    version = current_version()  # before it is made: what is committed meanwhile makes it an old one
    found = _small.get(name)
    if found is None or found[0] != version:
        found = _small[name] = (version, make())
    value: Value = found[1]
    return value
