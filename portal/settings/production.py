"""Production: everything from the environment, nothing with an unsafe default. See docs/production.md."""

from .base import *  # noqa: F403 - settings inherit by star import
from .environment import KEY_SHAPE, env, second_factor

SECRET_KEY = env.required("SECRET_KEY", *KEY_SHAPE)
FIELD_KEY = env.required("FIELD_KEY", *KEY_SHAPE)
STAFF_MFA_REQUIRED = second_factor(is_demo=False)

# --- HTTPS -----------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine itself, without TLS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None

# --- Cookies: the __Host- prefix ties them to this host, over HTTPS, for the whole site --------------------------
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"

# --- Static files: compressed and named by content, by `manage.py collectstatic` at build time --------------------
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

ROBOTS_ALLOWED = env.bool("ROBOTS_ALLOWED", default=True)
BACKUP_DAILY = env.bool("BACKUP_DAILY", default=True)
