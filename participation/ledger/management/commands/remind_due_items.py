"""remind_due_items: tell handlers, unit heads and directors what is due; each once (also a periodic job)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from participation.ledger.services import remind_due_items


class Command(BaseCommand):
    help = "Remind of what is due. Safe to run twice, in parallel, or killed half-way."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("提醒了%d人次。") % remind_due_items())
