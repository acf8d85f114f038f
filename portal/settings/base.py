"""Settings shared by every environment. Everything that differs between machines comes from the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

from .accounts import *  # noqa: F403 - one file per integration
from .environment import env
from .frame import *  # noqa: F403 - one file per integration
from .gate import *  # noqa: F403
from .operations import *  # noqa: F403
from .pagecache import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "home",
    "liaison_stations.messages",
    "liaison_stations.receptions",
    "liaison_stations.records",
    "liaison_stations.stations",
    "participation.oversight",
    "participation.proposals",
    "participation.snaps",
    "participation.ledger",
    "participation.evaluations",
    "participation.filings",
    "participation.discussion",
    "participation.moderation",
    "liaison_stations.deputies",
    "portal.setup",
    "portal.pages",
    "portal.corrections",
    "portal.accounts",
    "portal.lookup",
    "portal.follows",
    "portal.outbox",
    "portal.jurisdictions",
    "portal.trail",
    "portal.workdays",
    "portal.search",
    "portal.wording",
    "portal.encryption",
    "portal.numbering",
    "portal.idempotency",
    "portal.gate",
    "portal.frame",
    "portal.pagecache",
    "portal.operations",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.apps.ClosedUsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "django_filters",
    "django_htmx",
    "captcha",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "portal.operations.middleware.HealthMiddleware",
    "portal.pagecache.middleware.PageCacheMiddleware",
    "portal.operations.middleware.ErrorReferenceMiddleware",
    "portal.frame.middleware.LongAddressMiddleware",
    "portal.frame.middleware.DisplayModeMiddleware",
    "portal.frame.middleware.UnavailableMiddleware",
    "portal.frame.middleware.MethodNotAllowedMiddleware",
    "portal.frame.middleware.TooLargeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.setup.middleware.SetupMiddleware",
    "portal.frame.middleware.AssetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "portal.accounts.middleware.IdleTimeMiddleware",
    "portal.accounts.middleware.WayKeptMiddleware",
    "portal.accounts.middleware.AgreementMiddleware",
    "portal.accounts.middleware.StaffDoorMiddleware",
    "portal.accounts.middleware.SecondFactMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.frame.middleware.PathContentPolicyMiddleware",
    "portal.idempotency.middleware.KeyReusedMiddleware",
    "portal.jurisdictions.middleware.TermsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.frame.context_processors.frame",
                "portal.jurisdictions.context_processors.site",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
        "PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
    ),
}


def database_from(url: str, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's settings for a database URL, with the guarantees we want of each engine.

    A socket folder is written percent-encoded in the place of the host: postgres://user@%2Frun%2Fpostgresql/name
    """
    database = env.database(url, name)
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.sqlite3":
        options.update(SQLITE_OPTIONS)
    else:
        database["HOST"] = unquote(database["HOST"])
        database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
        database["CONN_HEALTH_CHECKS"] = True
        timeout = env.int("DATABASE_STATEMENT_TIMEOUT_MS", default=60000)
        # compiling a page's query takes longer than running it (docs/production.md)
        options.update({"connect_timeout": 5, "options": f"-c statement_timeout={timeout} -c jit=off"})
    return database


DATABASES = {"default": database_from(env("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}

# --- Personal values and repeated posts -----------------------------------------------------------------------
FIELD_KEY_FALLBACKS = env.list("FIELD_KEY_FALLBACKS", default=[])
IDEMPOTENCY_KEEP_DAYS = env.int("IDEMPOTENCY_KEEP_DAYS", default=30)

# --- Telling people -------------------------------------------------------------------------------------------
SMS_GATEWAY = env("SMS_GATEWAY", default="")  # a dotted path, or "demo" where DEMO_CHANNELS is on
SMS_SIGN = env("SMS_SIGN", default="")  # as registered with the carrier, without 【】; empty: the site's name
SMS_LOG = VAR_DIR / "sms.log"
SMS_DAILY_LIMIT = env.int("SMS_DAILY_LIMIT", default=0)  # as billed; the rest waits for the next day; 0: no limit
SMS_TIMEOUT = env.int("SMS_TIMEOUT", default=10)  # seconds
SMS_ALIYUN = {  # portal.outbox.backends.aliyun.AliyunGateway
    "endpoint": env("SMS_ALIYUN_ENDPOINT", default="https://dysmsapi.aliyuncs.com"),
    "key_id": env("SMS_ALIYUN_KEY_ID", default=""),
    "key_secret": env("SMS_ALIYUN_KEY_SECRET", default=""),
    "notice_template": env("SMS_ALIYUN_NOTICE_TEMPLATE", default=""),  # with ${title} and ${number}
    "code_template": env("SMS_ALIYUN_CODE_TEMPLATE", default=""),  # with ${code}
}
DEMO_CHANNELS = False
DEMO = False  # portal.settings.dev reads it; production is never one
OUTBOX_STALE_MINUTES = env.int("OUTBOX_STALE_MINUTES", default=10)  # an unfinished claim becomes "uncertain"
OUTBOX_RETRY_MINUTES = [1, 5, 15, 60, 240, 1440]
OUTBOX_DIGEST_HOUR = env.int("OUTBOX_DIGEST_HOUR", default=8)

# working days in which a report of a public text and an author's appeal are answered; said on the pages
REPORT_WORKDAYS = env.int("REPORT_WORKDAYS", default=3)
APPEAL_WORKDAYS = env.int("APPEAL_WORKDAYS", default=5)

# minutes after publication in which an author may edit a comment; every public text stays readable
COMMENT_EDIT_MINUTES = env.int("COMMENT_EDIT_MINUTES", default=30)
LOOKUP_MINUTES = env.int("LOOKUP_MINUTES", default=120)  # how long a proved query code opens the page
LOOKUP_CANDIDATES = 20  # more matters with the same last six digits than this need the full number
LOOKUP_CAPTCHA = env("LOOKUP_CAPTCHA", default="visitors")  # "limited": only when a limit is used up

# --- Cache and sessions ---------------------------------------------------------------------------------------
REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}
    # limits live here: culling must not throw them away early
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 200_000}
    SESSION_ENGINE = "django.contrib.sessions.backends.db"

SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", default=14 * 24 * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

PAGE_CACHE_FILE = VAR_DIR / "pages.version"
PAGE_CACHE_SHARED = bool(REDIS_URL)  # several machines learn of a change within a second

# --- Found by machines ----------------------------------------------------------------------------------------
ROBOTS_ALLOWED = env.bool("ROBOTS_ALLOWED", default=False)  # production says yes; a demo is no search result
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")  # a mail or https address; else the site profile's mail

# --- Browser-side guards (the Content-Security-Policy has its own block) ----------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows our pages in a frame of our own,
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # so DENY is not for us

# --- Uploads ---------------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # everything of a form but its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # Wagtail's page editor posts one field per block value
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # larger files wait on disk, not in memory
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=10 * 1024 * 1024)  # one file; forms ask for it
WAGTAILIMAGES_MAX_UPLOAD_SIZE = UPLOAD_MAX_BYTES
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000

# --- Mail ------------------------------------------------------------------------------------------------------
EMAIL_HOST = ""  # without EMAIL_URL the portal sends no mail and says so
if EMAIL_URL := env("EMAIL_URL", default=""):
    vars().update(env.mail(EMAIL_URL, "EMAIL_URL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@localhost")
SERVER_EMAIL = env("SERVER_EMAIL", default=DEFAULT_FROM_EMAIL)
ADMINS = [(address, address) for address in env.list("ADMINS", default=[])]

# --- Log: lines on stdout, no personal data ----------------------------------------------------------------------
# Paths without query strings, tracebacks without local variables; who did what is in the trail, not here.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "portal.operations.adapters.logging.PrivateFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        # stderr: the last line of a command's stdout may be JSON that a program reads
        "console": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "line"},
        "mail_admins": {
            "class": "django.utils.log.AdminEmailHandler",
            "level": "ERROR",
            "reporter_class": "portal.settings.reporting.BareReporter",
        },
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO"), "propagate": False},
        "django.request": {"handlers": ["console", "mail_admins"], "level": "ERROR", "propagate": False},
        "django_tasks": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.utils.autoreload": {"level": "WARNING"},
    },
}

# --- Accounts -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "portal.accounts.backends.ScopedRoleBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.accounts.adapters.passwords.NotLikeOwnData"},
    {"NAME": "portal.accounts.adapters.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "portal.accounts.adapters.passwords.NotCommon"},
    {"NAME": "portal.accounts.adapters.passwords.NotOnlyDigits"},
]

# An empty install (no account, no site name) answers every address with the set-up wizard.
SETUP_WIZARD = env.bool("SETUP_WIZARD", default=True)

# --- Language and time ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- Static files, media --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)  # by Django itself: development only, a web server does it better

# --- Wagtail --------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "街道议事厅"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "home.adapters.rich_text.ForgivingRichText"}}
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://localhost:8000").rstrip("/")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one clock for everybody
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
WAGTAILEMBEDS_FINDERS = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.search.backend"}}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_MODEL = "home.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.adapters.media_forms.PortalImageForm"
WAGTAILIMAGES_AVIF_QUALITY, WAGTAILIMAGES_WEBP_QUALITY, WAGTAILIMAGES_JPEG_QUALITY = 60, 78, 80
WAGTAILDOCS_DOCUMENT_MODEL = "home.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.adapters.media_forms.PortalDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = UPLOAD_MAX_BYTES
WAGTAIL_FINISH_WORKFLOW_ACTION = "home.adapters.publishing.publish_reviewed"

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
