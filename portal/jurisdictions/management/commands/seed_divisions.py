"""`manage.py seed_divisions`: 长沙 and 湘乡 from the seed in this repository. Safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.jurisdictions.imports import SEED, parse_divisions
from portal.jurisdictions.services.divisions import import_divisions


class Command(BaseCommand):
    help = "Loads the divisions that ship with the portal (长沙, 湘乡); idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        with SEED.open("rb") as source:
            parsed = parse_divisions(source)
        result = import_divisions(rows=parsed.rows)
        self.stdout.write(f"区划：新增 {result.created}，更新 {result.updated}，未变 {result.unchanged}。")
