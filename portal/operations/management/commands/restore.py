from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.operations.adapters.databases import CopyFailed
from portal.operations.services.restore import RestoreRefused, restore


class Command(BaseCommand):
    help = "Restore database and media from a backup. Verifies it first; refuses a place that is not empty."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="lose the database that is there, move media aside")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"{options['file']} does not exist.")
        try:
            counts = restore(options["file"], replace=options["replace"])
        except RestoreRefused as refusal:
            raise CommandError(f"Nothing was changed. {refusal}") from refusal
        except CopyFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"restored {sum(counts.values())} rows in {len(counts)} tables; now: migrate, doctor")
