from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.trail.selectors import newest_head
from portal.trail.services import seal


class Command(BaseCommand):
    help = "Seal the committed entries of the trail into the hash chain and publish the head."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sweep", action="store_true", help="look through the whole table, not only the last day")

    def handle(self, *args: Any, **options: Any) -> None:
        sealed = seal(sweep=options["sweep"])
        head = newest_head()
        self.stdout.write(f"封存 {sealed} 条；链头 {head or '0'}")
