"""Development and the demo: DEBUG on, keys generated once and kept under var/."""

import secrets

from .base import *  # noqa: F403 - settings inherit by star import
from .base import ALLOWED_HOSTS, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=True)
VAR_DIR.mkdir(parents=True, exist_ok=True)


def kept_secret(name: str) -> str:
    """The environment's value, or a random one written once to var/<name> (mode 600)."""
    if value := env(name.upper(), default=""):
        return value
    path = VAR_DIR / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = kept_secret("secret_key")
FIELD_KEY = kept_secret("field_key")
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
