import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.operations.services.diagnosis import diagnose


class Command(BaseCommand):
    help = "Say what is wrong with this installation and how to mend it. Exit code 1 if something is serious."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = diagnose()
        if options["json"]:
            rows = {name: [asdict(finding) for finding in found] for name, found in findings.items()}
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        else:
            self._print(findings)
        if any(finding.is_serious for found in findings.values() for finding in found):
            sys.exit(1)

    def _print(self, findings: dict[str, Any]) -> None:
        for name, found in findings.items():
            if not found:
                self.stdout.write(f"  ok  {name}")
            for finding in found:
                style, mark = (self.style.ERROR, "✗") if finding.is_serious else (self.style.WARNING, "!")
                self.stdout.write(style(f"  {mark}   {name}: {finding.problem}"))
                self.stdout.write(f"        → {finding.remedy}")
