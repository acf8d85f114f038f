"""Run in the served portal: a matter of two proposers that all three legs rate; with ASK the question about it, a
fortnight later, by mail."""

import os
from datetime import date
from typing import Any

from participation.ledger import services
from participation.ledger.models import LedgerItem
from portal.accounts.models import User
from portal.jurisdictions.models import TermsPeriod
from portal.outbox.services import deliver_due
from tests.factories import ledger

TITLE = "示例巷的井盖松了"


class Cast:
    """By name, as in the tests."""

    def __getattr__(self, name: str) -> Any:
        return User.objects.get(username=name)


cast: Any = Cast()
item = LedgerItem.objects.filter(title=TITLE).first()
if item is None:
    period, _is_new = TermsPeriod.objects.get_or_create(division=ledger.subdistrict(), starts_on=date(2026, 1, 1))
    named = {"value": ["resident", "member", "public"], "clause": "", "is_confirmed": True, "note": ""}
    period.values["evaluation_sources"] = named
    period.save()
    User.objects.filter(username="resident2").update(email="resident2@example.org")
    item = ledger.completed(cast, title=TITLE, proposers=(cast.resident, cast.resident2))
if os.environ.get("ASK"):
    ledger.long_ago(item)
    services.ask_whether_solved()
    deliver_due()
answer = item.get_absolute_url()
