"""import_messages FILE.xlsx --division CODE: bring in another platform's messages, with or without replies."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from participation.proposals.imports import DEFAULT_SOURCE, Report, UnreadableFile, import_file
from portal.jurisdictions.selectors import division_by_code


class Command(BaseCommand):
    help = (
        "Import residents' messages (.xlsx). Safe to run again: known messages are passed over. "
        "Bad rows are told by number while good rows load, with exit code 0; 1 means that nothing could be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--division", required=True, help="12-digit code; messages naming a place below it go there"
        )
        parser.add_argument(
            "--source", default=DEFAULT_SOURCE, help="name of the platform; (source, number) is the key"
        )
        parser.add_argument("--publish", action="store_true", help="make them public as 历史导入, after masking")
        parser.add_argument("--dry-run", action="store_true", help="report what would happen, store nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        """With --json the last line of stdout is the report whatever happens; a fatal error stands in it as row 0."""
        self.report = Report()
        try:
            self._import(options)
        except Exception as error:
            if options["json"]:
                self.report.errors.append({"row": 0, "message": str(error) or type(error).__name__})
                self._print_json()
            raise

    def _import(self, options: dict[str, Any]) -> None:
        division = division_by_code(options["division"].strip().ljust(12, "0"))
        if division is None:
            raise CommandError(_("没有这个区划代码：%s") % options["division"])
        source = options["source"].strip()
        if not source or len(source) > 60:
            raise CommandError(_("来源名称要有1到60个字。"))
        try:
            for self.report in import_file(
                path=options["file"],
                division=division,
                source=source,
                publishes=options["publish"],
                is_dry_run=options["dry_run"],
            ):
                self._draw(self.report)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        self.stderr.write("")
        self._say(self.report, options)

    def _draw(self, report: Report) -> None:
        """A progress bar, on a terminal only."""
        if not self.stderr.isatty():
            return
        done = report.created + report.updated + report.skipped_existing + len(report.errors)
        filled = 30 * done // max(report.rows, 1)
        self.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{report.rows}", ending="")
        self.stderr.flush()

    def _say(self, report: Report, options: dict[str, Any]) -> None:
        for error in report.errors:
            line = _("第%(row)d行：%(message)s") % error
            self.stderr.write(line)
        summary = _("共%(rows)d行：新增%(created)d，更新%(updated)d，已有%(skipped)d，出错%(errors)d。") % {
            "rows": report.rows,
            "created": report.created,
            "updated": report.updated,
            "skipped": report.skipped_existing,
            "errors": len(report.errors),
        }
        self.stdout.write(_("试运行，没有保存。") + summary if options["dry_run"] else summary)
        if options["json"]:
            self._print_json()

    def _print_json(self) -> None:
        self.stdout.write(json.dumps(self.report.as_json(), ensure_ascii=False))
