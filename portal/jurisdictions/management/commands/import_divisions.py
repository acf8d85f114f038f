"""`manage.py import_divisions FILE.csv [--dry-run]`: more divisions from a CSV."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.jurisdictions.imports import import_parsed, parse_divisions
from portal.tables.imports import why_unreadable


class Command(BaseCommand):
    help = "Imports divisions from a CSV with the columns code,name,level,parent_code (UTF-8 or GB18030)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with open(options["file"], "rb") as source:
                parsed = parse_divisions(source)
        except OSError as error:
            raise CommandError(f"打不开文件 {options['file']}：{why_unreadable(error)}") from error
        result, errors = import_parsed(parsed, dry_run=options["dry_run"])
        if errors:
            for each in errors[:50]:
                self.stderr.write(str(each))
            raise CommandError(f"有 {len(errors)} 处错误，什么也没有写入。")
        prefix = "（试运行，没有写入）" if options["dry_run"] else ""
        self.stdout.write(f"{prefix}新增 {result.created}，更新 {result.updated}，未变 {result.unchanged}。")
