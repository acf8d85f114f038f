"""Fill a database with what the demo and the browser journeys start from."""

import json
import os
import secrets
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.models import User
from portal.jurisdictions import demo as jurisdictions

ACCOUNTS_FILE = "demo_accounts.json"


class Command(BaseCommand):
    help = "Migrate, seed divisions, make the cast and load the demo data; safe to repeat. Refuses where DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="only migrate: the set-up wizard does the rest")
        parser.add_argument("--cast-only", action="store_true", help="divisions and accounts, but no demo data")

    def handle(self, *, empty: bool, cast_only: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("DEBUG is off: the demo has known accounts and is only for trying the portal out.")
        self.step("Database tables", "migrate", verbosity=0)
        self.step("Cache table", "createcachetable", verbosity=0)
        if empty:
            return
        self.step("Divisions", "seed_divisions")
        jurisdictions.load()
        self.create_accounts()
        if not cast_only:
            self.step("Demo data", "load_demo")

    def step(self, title: str, command: str, **options: Any) -> None:
        if command in get_commands():
            self.stdout.write(f"{title} …")
            call_command(command, **options)

    def create_accounts(self) -> None:
        """Make the cast and see that each has the password we shall print: random ones are kept from start to start."""
        if not find_spec("portal.accounts.demo"):
            return
        self.stdout.write("Accounts …")
        cast: dict[str, User] = import_module("portal.accounts.demo").create_cast()
        path = Path(settings.VAR_DIR) / ACCOUNTS_FILE
        kept = {row["username"]: row["password"] for row in json.loads(path.read_text())} if path.exists() else {}
        rows = []
        for name, user in cast.items():
            password = os.environ.get("DEMO_PASSWORD") or kept.get(name) or secrets.token_urlsafe(9)
            if not check_password(password, user.password):
                user.set_password(password)
                user.save(update_fields=["password"])
            roles = [each.get_role_display() for each in user.role_assignments.all()]
            role = "、".join(dict.fromkeys(roles)) or "居民"
            rows.append({"role": role, "username": user.get_username(), "password": password})
        path.touch(mode=0o600)
        path.write_text(json.dumps(rows, ensure_ascii=False, indent=1))
