import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.trail.exports import export_lines


class Command(BaseCommand):
    help = (
        "Write the sealed trail as JSON lines, with the head as the last line (check it with portal/trail/verifier.py)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="standard output when left out")
        parser.add_argument("--public", action="store_true", help="hashes only, without the entries")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = export_lines(full=not options["public"])
        path: Path | None = options["file"]
        if path is None:
            for line in lines:
                sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            return
        if path.is_dir():
            raise CommandError(f"{path} 是文件夹，请写出文件名，例如 {path / 'trail.jsonl'}")
        partial = path.with_name(path.name + ".partial")
        try:
            partial.touch(mode=0o600)  # private reasons are inside
            with partial.open("wb") as output:
                output.writelines(lines)
            partial.replace(path)
        except OSError as problem:
            raise CommandError(f"写不了 {path}：{problem.strerror or problem}") from problem
        self.stdout.write(str(path))
