"""Run in the served portal: a held reception of the clerk's own station, without records; its key."""

from types import SimpleNamespace
from typing import Any

from portal.accounts.models import User
from tests.factories import receptions


class _Cast(SimpleNamespace):
    def __getattr__(self, name: str) -> Any:
        return User.objects.get(username=name)


answer = receptions.held(_Cast(), days=5, days_ago=2).key
