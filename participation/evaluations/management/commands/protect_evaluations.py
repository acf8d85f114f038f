from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from participation.evaluations.adapters import triggers
from participation.evaluations.selectors import totals_add_up
from participation.evaluations.services.totals import rebuild_totals


class Command(BaseCommand):
    help = "Create the triggers of the evaluations anew, mend the table of the secret answers and the totals."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            triggers.install(connection)
        if not totals_add_up():
            self.stdout.write(f"公布合计按公布记录重新计算：{rebuild_totals()}条。")
        self.stdout.write("已有评价的轮次不能改动，公布后只能更正：触发器已装好。")
