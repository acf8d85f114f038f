"""Compare every support counter with its rows and set the drifted ones right."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from participation.proposals.services import reconcile_supports


class Command(BaseCommand):
    help = "Compare every support counter with its rows and mend those that differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="report only, mend nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        drifted = reconcile_supports(repairs=not options["dry_run"])
        for number, counter, held in drifted:
            self.stdout.write(f"{number}: {counter} → {held}")
        self.stdout.write(self.style.SUCCESS(f"不一致 {len(drifted)} 条"))
