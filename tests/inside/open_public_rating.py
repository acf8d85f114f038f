"""Run in the served portal: a matter of `resident` that is done, open to the rating of anybody verified."""

from types import SimpleNamespace
from typing import Any

from portal.accounts.models import User
from portal.jurisdictions.models import TermsPeriod
from tests.factories import ledger


class _Cast(SimpleNamespace):
    def __getattr__(self, name: str) -> Any:
        return User.objects.get(username=name)


values = {"evaluation_sources": {"value": ["resident", "public"], "clause": "", "is_confirmed": True, "note": ""}}
period, _is_new = TermsPeriod.objects.get_or_create(
    division=ledger.subdistrict(), starts_on="2026-01-01", defaults={"values": values}
)
item = ledger.completed(_Cast(), title="等大家评价的事项")
if _is_new:
    period.delete()  # other tests of this server have the terms as they were
answer = item.get_absolute_url()
