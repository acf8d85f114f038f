"""reconcile_ledger_statistics: count the published figures anew and prove every one of them from its items."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from participation.ledger.services import reconcile_statistics


class Command(BaseCommand):
    help = "Count the ledger's statistics anew and prove each figure from its own items; fails on a difference."

    def handle(self, *args: Any, **options: Any) -> None:
        if wrong := reconcile_statistics():
            raise CommandError("\n".join(wrong))
        self.stdout.write(_("统计数与台账一致。"))
