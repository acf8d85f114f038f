from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.tables.imports import why_unreadable
from portal.wording.imports import SEED, import_words


class Command(BaseCommand):
    help = "Import a word list from a CSV, all rows or none; without FILE the general list that comes with the portal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"读不到文件 {options['file']}：{why_unreadable(error)}") from error
        done, errors = import_words(data)
        if errors:
            raise CommandError("\n".join([*map(str, errors), "没有导入任何一行。"]))
        self.stdout.write(done)
