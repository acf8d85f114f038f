"""The demo's content: who runs the site, proposals in every state. Safe to repeat; refuses where DEBUG is off."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from participation.proposals.demo import load_demo
from portal.accounts.demo import create_cast
from portal.jurisdictions.demo import load_site


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("DEBUG is off: demo data is only for trying the portal out.")
        names = set(get_user_model().objects.filter(username="resident").values_list("username", flat=True))
        cast = create_cast() if not names else self._cast()
        load_site(by=cast["admin"])
        made = load_demo(cast)
        self.stdout.write(f"demo proposals: {made or 'already there'}")

    def _cast(self) -> dict[str, Any]:
        """The people as they are; creating the cast again would change nothing, but asks for passwords."""
        return {user.username: user for user in get_user_model().objects.filter(username__in=CAST_NAMES)}


CAST_NAMES = (
    "resident resident2 member deputy clerk community editor moderator committee director unit unit2 party superior "
    "auditor admin"
).split()
