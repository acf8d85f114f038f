from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.operations.adapters.databases import CopyFailed
from portal.operations.selectors import backup_folder
from portal.operations.services.restore import RestoreRefused, restore


class Command(BaseCommand):
    help = "Restore database and media from a backup. Verifies it first; refuses a place that is not empty."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="lose the database that is there, move media aside")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        if not file.is_file():
            file = backup_folder() / file  # the bare name of one that `backups` lists
        if not file.is_file():
            raise CommandError(f"没有这个文件：{options['file']}。manage.py backups 列出现有的备份。")
        try:
            counts = restore(file, replace=options["replace"], warn=self._warn)
        except RestoreRefused as refusal:
            raise CommandError(f"什么也没有改动。{refusal}") from refusal
        except (CopyFailed, OSError) as error:
            raise CommandError(f"没有恢复完，改好以后加 --replace 再来一次。{error}") from error
        self.stdout.write(f"已恢复 {len(counts)} 张表、{sum(counts.values())} 行。")
        self.stdout.write("接着运行：manage.py migrate，再运行 manage.py doctor")

    def _warn(self, text: str) -> None:
        self.stderr.write(self.style.ERROR(f"！！注意：{text}"))
