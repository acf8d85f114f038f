"""The test settings with a slow mail server, for processes of their own."""

from portal.settings.test import *  # noqa: F403 - settings inherit by star import
from portal.settings.test import env

EMAIL_BACKEND = "tests.portal.outbox.slow_mail.EmailBackend"
OUTBOX_STALE_MINUTES = env.int("OUTBOX_STALE_MINUTES")
