from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from participation.evaluations.adapters import triggers


class Command(BaseCommand):
    help = "Create the triggers of the evaluations anew, and mend the table of the secret answers."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            triggers.install(connection)
        self.stdout.write("已有评价的轮次不能改动，公布后只能更正：触发器已装好。")
