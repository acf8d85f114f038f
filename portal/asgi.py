"""ASGI entry point; production names its settings in DJANGO_SETTINGS_MODULE."""

import os
import sys

from django.core.asgi import get_asgi_application

from portal.settings.environment import SettingWrong

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
try:
    application = get_asgi_application()
except SettingWrong as wrong:
    sys.exit(str(wrong))
