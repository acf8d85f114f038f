"""Ledger items in any state, brought there by the services themselves."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from participation.ledger import services
from participation.ledger.models import LedgerItem, Reply
from portal.accounts.models import HandlingUnit

from .proposals import subdistrict

ANSWER = "路灯已经修好，欢迎继续监督。"


def unit_of(user: Any) -> HandlingUnit:
    unit = user.role_assignments.get(role="unit").unit
    assert unit is not None
    return unit


def opened(**fields: Any) -> LedgerItem:
    fields.setdefault("source", "proposal")
    fields.setdefault("division", subdistrict())
    fields.setdefault("title", "三眼井社区路灯坏了")
    fields.setdefault("summary", "路灯坏了两个月，晚上出门不方便。")
    fields.setdefault("raised_on", timezone.localdate() - timedelta(days=3))
    parties = tuple(services.NewParty(user=user) for user in fields.pop("proposers", ()))
    return services.open_item(new=services.NewItem(parties=parties + tuple(fields.pop("parties", ())), **fields))


def assigned(cast: Any, on: date | None = None, **fields: Any) -> LedgerItem:
    fields.setdefault("proposers", (cast.resident,))
    return services.assign_item(
        item=opened(**fields), by=cast.committee, unit=unit_of(cast.unit), owner_name="示例责任人", on=on
    )


def handling(cast: Any, **fields: Any) -> LedgerItem:
    return services.sign_for_item(item=assigned(cast, **fields), by=cast.unit)


def replied(
    cast: Any, kind: str = "done", commitments: Any = (), item: LedgerItem | None = None, **fields: Any
) -> Reply:
    item = item or handling(cast, **fields)
    services.note_contact(item=item, by=cast.unit, way="face")
    services.draft_reply(item=item, by=cast.unit, kind=kind, text=ANSWER, commitments=commitments)
    return services.sign_reply(item=item, by=cast.unit)


def completed(cast: Any, **fields: Any) -> LedgerItem:
    reply = replied(cast, **fields)
    return services.complete_item(item=reply.item, by=cast.unit)


def closed_off(cast: Any, **fields: Any) -> LedgerItem:
    item = completed(cast, **fields)
    services.rate_reply(item=item, by=cast.resident, value="satisfied")
    return services.close_off_item(item=item, by=cast.committee, evidence="现场核查，路灯已亮。")
