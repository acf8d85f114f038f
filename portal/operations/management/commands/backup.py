from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.operations.adapters.databases import CopyFailed
from portal.operations.services.backup import back_up


class Command(BaseCommand):
    help = "Write one .tar.gz with database and media, while the portal runs. Keep the keys elsewhere."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="BACKUP_DIR, or backups under VAR_DIR, when left out")
        parser.add_argument("--keep", type=int, metavar="N", help="remove all but the newest N afterwards")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = back_up(options["folder"], keep=options["keep"])
        except (CopyFailed, OSError) as error:
            raise CommandError(f"没有做成备份。{error}") from error
        self.stdout.write(f"{path}（{path.stat().st_size} 字节）。FIELD_KEY、SECRET_KEY 不在备份里，请另行保管。")
