from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.tables.imports import why_unreadable
from portal.workdays.imports import import_calendar


class Command(BaseCommand):
    help = "Import the State Council's notice of holidays and worked weekends from a CSV; all rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"读不到文件 {options['file']}：{why_unreadable(error)}") from error
        done, errors = import_calendar(data)
        if errors:
            raise CommandError("\n".join([*map(str, errors), "没有导入任何一行。"]))
        self.stdout.write(done)
