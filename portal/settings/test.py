"""Tests: fixed keys, fast hashing, no network."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403 - settings inherit by star import

SECRET_KEY = "test-only-secret-key-never-used-outside-tests-0123456789"  # noqa: S105
FIELD_KEY = "test-only-field-key-never-used-outside-tests-0123456789"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="portal-test-media-"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
