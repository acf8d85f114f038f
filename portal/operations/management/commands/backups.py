from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.template.defaultfilters import filesizeformat

from portal.operations.services.backup import backup_age, backups


class Command(BaseCommand):
    help = "List the backups, newest first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        for path in backups(options["folder"]):
            hours = backup_age(path).total_seconds() / 3600
            self.stdout.write(f"{path}  {filesizeformat(path.stat().st_size)}  {hours:.1f} 小时前")
