from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.search.services import tidy_index


class Command(BaseCommand):
    help = "Build the whole search index anew and tidy its tables; for after an upgrade or a large import."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("update_index", verbosity=options["verbosity"], stdout=self.stdout)
        tidy_index()
        self.stdout.write("检索索引已重建。")
