"""Tests: fixed keys, fast hashing, no network.

The database is never DATABASE_URL, so that a run cannot touch a real one: tests/conftest.py points the connection at
a copy of a migrated template, on SQLite or on the server that TEST_DATABASE_URL names.
"""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403 - settings inherit by star import
from .base import VAR_DIR, database_from
from .environment import env

SECRET_KEY = "test-only-secret-key-never-used-outside-tests-0123456789"  # noqa: S105
FIELD_KEY = "test-only-field-key-never-used-outside-tests-0123456789"
ALLOWED_HOSTS = ["*"]
TEST_DATABASE_URL = env("TEST_DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'test.sqlite3'}"
DATABASES = {"default": database_from(TEST_DATABASE_URL, "TEST_DATABASE_URL")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A test's copy is thrown away, and waiting for the disk is most of the time.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    VAR_DIR.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"portal-test-media-{os.getpid()}"  # tests/conftest.py removes it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DEMO_CHANNELS = True
SMS_GATEWAY = "demo"
SMS_LOG = MEDIA_ROOT / "sms.log"
SETUP_WIZARD = False  # most tests want a page, not the wizard of an empty install
PAGE_CACHE_SECONDS = 0  # tests roll back what no page would then forget; tests/portal/pagecache turns it on
PAGE_CACHE_FILE = MEDIA_ROOT / "pages.version"

CODE_WAIT_SECONDS = 0  # tests ask again at once; tests/portal/accounts/test_waiting.py turns it on
STAFF_MFA_REQUIRED = False
