"""enter_adopted_in_ledger [--division CODE] [--dry-run]: what was adopted before there was a ledger gets its item."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from participation.proposals.services.assigning import adopted_outside_the_ledger, enter_adopted_in_ledger
from portal.jurisdictions.selectors import division_by_code


class Command(BaseCommand):
    help = "Adopted proposals without a ledger item get one, imported ones go on. Safe to run again and in parallel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--division", default="", help="12-digit code: only this division and below it")
        parser.add_argument("--dry-run", action="store_true", help="name them, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        division = None
        if options["division"]:
            division = division_by_code(options["division"].strip().ljust(12, "0"))
            if division is None:
                raise CommandError(_("没有这个区划代码：%s") % options["division"])
        opened = 0
        for proposal in adopted_outside_the_ledger(division):
            if options["dry_run"]:
                self.stdout.write(proposal.number)
                continue
            item = enter_adopted_in_ledger(proposal=proposal)
            if item is not None:
                opened += 1
                self.stdout.write(f"{proposal.number} {item.reference}")
        self.stdout.write(_("已登记入台账：%d件") % opened)
