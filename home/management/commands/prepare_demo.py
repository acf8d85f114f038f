"""Fill a database with what the demo and the browser journeys start from."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.demo import create_cast
from portal.accounts.models import Role
from portal.jurisdictions import demo as jurisdictions
from portal.trail.selectors import history_of

from ...services import make_pictures

ACCOUNTS_FILE = "demo_accounts.json"


class Command(BaseCommand):
    help = "Migrate, seed divisions, make the cast and load the demo data; safe to repeat. Refuses where DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="only migrate: the set-up wizard does the rest")
        parser.add_argument("--cast-only", action="store_true", help="divisions and accounts, but no demo data")
        parser.add_argument("--accounts-only", action="store_true", help="only the passwords of the demo's accounts")

    def handle(self, *, empty: bool, cast_only: bool, accounts_only: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("DEBUG 已关闭：演示账号的密码是公开的，演示只供试用。")
        if accounts_only:
            self.create_accounts()
            return
        self.step("数据表", "migrate", verbosity=0)
        if not empty and history_of("setup", "site"):
            raise CommandError(
                f"{settings.VAR_DIR} 里是用设置向导设好的真站点，演示数据会混进去，什么也没有写入。"
                "请给演示另一个目录，例如设 VAR_DIR=var/demo。"
            )
        self.step("缓存表", "createcachetable", verbosity=0)
        if empty:
            return
        self.step("区划", "seed_divisions")
        jurisdictions.load()
        self.create_accounts()
        if not cast_only:
            self.step("演示数据", "load_demo")
            make_pictures()
            # what the demo's past has queued is told and sealed before anybody looks: doctor finds nothing amiss
            self.step("定时任务", "runperiodic")

    def step(self, title: str, command: str, **options: Any) -> None:
        if command in get_commands():
            self.stdout.write(f"{title} …")
            call_command(command, **options)

    def create_accounts(self) -> None:
        """Make the cast, each with the password that we shall print: random ones are kept from start to start."""
        self.stdout.write("账号 …")
        path = Path(settings.VAR_DIR) / ACCOUNTS_FILE
        before = json.loads(path.read_text()) if path.exists() else []
        kept = {row["username"]: row["password"] for row in before}

        def password_for(name: str) -> str:
            kept[name] = os.environ.get("DEMO_PASSWORD") or kept.get(name) or secrets.token_urlsafe(9)
            return str(kept[name])

        same = [row for row in before if row["password"] == password_for(row["username"])]
        stored = {row["username"]: row.get("stored", "") for row in same}
        rows = []
        for name, user in create_cast(password_for, stored).items():
            roles = [each.get_role_display() for each in user.role_assignments.all()]
            role = "、".join(dict.fromkeys(roles)) or Role.RESIDENT.label
            rows.append({"role": str(role), "username": name, "password": kept[name], "stored": user.password})
        path.touch(mode=0o600)
        path.write_text(json.dumps(rows, ensure_ascii=False, indent=1))
