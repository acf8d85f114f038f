"""WSGI entry point; production names its settings in DJANGO_SETTINGS_MODULE."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from portal.settings.environment import SettingWrong

GUNICORN_BOOT_ERROR = 3  # a worker that ends with it is not started again and again

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
try:
    application = get_wsgi_application()
except SettingWrong as wrong:
    print(wrong, file=sys.stderr, flush=True)
    sys.exit(GUNICORN_BOOT_ERROR)
