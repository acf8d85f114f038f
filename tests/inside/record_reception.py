"""Run in the served portal: a held reception with one record; the keys of both."""

from types import SimpleNamespace
from typing import Any

from portal.accounts.models import User
from tests.factories import receptions, records


class _Cast(SimpleNamespace):
    def __getattr__(self, name: str) -> Any:
        return User.objects.get(username=name)


session = receptions.held(_Cast())
answer = [session.key, records.record(_Cast(), at=session).number]
