"""Development and the demo (DEMO=true): DEBUG on, keys generated once and kept under var/."""

import os
import secrets
from contextlib import suppress

from .base import *  # noqa: F403 - settings inherit by star import
from .base import ALLOWED_HOSTS, MIDDLEWARE, STATIC_ROOT, VAR_DIR
from .environment import env, second_factor

DEBUG = env.bool("DEBUG", default=True)


def kept_secret(name: str) -> str:
    """The environment's value, or a random one written once to var/<name> (mode 600), whoever comes first."""
    if value := env(name.upper(), default=""):
        return value
    path = VAR_DIR / name
    if not path.exists():
        draft = VAR_DIR / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


SECRET_KEY = kept_secret("secret_key")
FIELD_KEY = kept_secret("field_key")
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
if not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# Static files straight from the source tree, also by gunicorn, without collectstatic; media by Django itself.
with suppress(OSError):  # told by doctor
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise complains about a missing folder
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
SERVE_MEDIA = True

if DEBUG:
    PAGE_CACHE_SECONDS = 0  # templates change

DEMO_CHANNELS = env.bool("DEMO_CHANNELS", default=DEBUG)
DEMO = env.bool("DEMO", default=False)
MIDDLEWARE = [*MIDDLEWARE, "portal.frame.middleware.DemoNotFoundMiddleware"]
SMS_GATEWAY = env("SMS_GATEWAY", default="demo")

STAFF_MFA_REQUIRED = second_factor(is_demo=DEMO)  # a demo without it says so in a banner
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
