from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from portal.trail.adapters import triggers


class Command(BaseCommand):
    help = "Create the append-only triggers of the trail anew."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            triggers.install(connection)
        self.stdout.write("记录只能增加，不能修改或删除：触发器已装好。")
