"""`manage.py setup_token`: a new one-time token for the wizard; the earlier one stops working."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.setup.services import SetupRefused, issue_token


class Command(BaseCommand):
    help = "Prints a one-time token that opens the set-up wizard at /setup/ on an empty install."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="say nothing on an install that is set up")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            token = issue_token()
        except SetupRefused as refusal:
            if options["if_empty"]:
                return
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"首次设置 {settings.WAGTAILADMIN_BASE_URL}/setup/  设置口令 {token}")
