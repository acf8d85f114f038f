"""Send what is queued. Safe to run twice in parallel and to be killed."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.outbox.services import deliver_due


class Command(BaseCommand):
    help = "Send queued mails and text messages; prints how many deliveries ended in which state."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=1000, help="letters per queue (default 1000)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(deliver_due(limit=options["limit"]), sort_keys=True))
