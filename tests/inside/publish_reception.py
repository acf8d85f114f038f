"""Run in the served portal: a published reception with one slot of seven seats; its key."""

from types import SimpleNamespace
from typing import Any

from portal.accounts.models import User
from tests.factories import receptions


class _Cast(SimpleNamespace):
    def __getattr__(self, name: str) -> Any:
        return User.objects.get(username=name)


answer = receptions.published(_Cast(), days=9, capacity=7).key
