"""The demo's content: proposals in every state, and the editors' site."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import load_pages
from participation.proposals.demo import load_demo
from portal.accounts.demo import create_cast


class Command(BaseCommand):
    help = "Load the demo's content; safe to repeat. Refuses where DEBUG is off."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("DEBUG is off: demo data is only for trying the portal out.")
        cast = create_cast()
        made = load_demo(cast)
        self.stdout.write(f"demo proposals: {made or 'already there'}")
        self.stdout.write(f"demo articles: {load_pages(cast) or 'already there'}")
