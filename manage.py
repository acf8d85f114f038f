#!/usr/bin/env python
"""Django's command line for the portal; the settings module defaults to development."""

import gc
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    if "runserver" not in sys.argv[1:2]:
        # A visitor waits for a page, so its statements are bounded; nobody waits for a command, and an index over a
        # whole city takes its time. Whatever .env says is meant for pages.
        os.environ["DATABASE_STATEMENT_TIMEOUT_MS"] = "0"
        # A command ends soon. Migrating renders thousands of classes, which the collector would walk again and again
        # (a third of the time).
        gc.set_threshold(100_000, 50, 100)
    from django.core.management import execute_from_command_line

    from portal.settings.environment import SettingWrong

    try:
        execute_from_command_line(sys.argv)
    except SettingWrong as wrong:
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
