"""ledger_statistics [--division CODE] [--json]: what came in, what was answered and how soon."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from participation.ledger.selectors import figures_of_ledger
from portal.jurisdictions.selectors import division_by_code


class Command(BaseCommand):
    help = "Figures of the ledger: items received and replied to, within 1, 3 and 6 months, median days, overdue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--division", default="", help="12-digit code; with everything below it")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        division = None
        if code := options["division"].strip():
            division = division_by_code(code.ljust(12, "0"))
            if division is None:
                raise CommandError(_("没有这个区划代码：%s") % code)
        found = figures_of_ledger(division)
        figures = {
            "received": found.received,
            "replied": found.replied,
            "replied_within_1_month": found.within_1,
            "replied_within_3_months": found.within_3,
            "replied_within_6_months": found.within_6,
            "median_days": found.median_days,
            "overdue_open": found.overdue_open,
        }
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        labels = (
            _("收到"), _("已答复"), _("1个月内答复"), _("3个月内答复"), _("6个月内答复"),
            _("答复用时中位数（天）"), _("超期未办结"),
        )  # fmt: skip
        for label, value in zip(labels, figures.values(), strict=True):
            self.stdout.write(f"{label}：{'—' if value is None else value}")
