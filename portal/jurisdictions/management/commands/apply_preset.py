"""`manage.py apply_preset changsha|xiangxiang [--division CODE]`: the terms of a source document."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.jurisdictions.selectors import division_by_code, full_name
from portal.jurisdictions.services.terms import TermsRefused, apply_preset
from portal.jurisdictions.terms.presets import PRESETS


class Command(BaseCommand):
    help = "States every setting of a source document for a division and all below it; idempotent."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("preset", choices=sorted(PRESETS))
        parser.add_argument("--division", help="12-digit code; by default the document's own division")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["division"] or PRESETS[options["preset"]].division_code
        division = division_by_code(code)
        if division is None:
            raise CommandError(f"没有代码为 {code} 的区划，请先导入区划（seed_divisions 或 import_divisions）。")
        try:
            period, is_new = apply_preset(division=division, preset=options["preset"])
        except TermsRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        start = period.starts_on.isoformat() if period.starts_on else "从一开始"
        self.stdout.write(f"{full_name(division)}：{'已套用' if is_new else '未变'}（{start}）。")
