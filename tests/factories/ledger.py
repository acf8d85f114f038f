"""Ledger items in any state, brought there by the services themselves."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from liaison_stations.deputies.selectors import congress_of
from participation.evaluations.models import Round
from participation.ledger import services
from participation.ledger.models import AskedDeputy, CallBack, LedgerItem, LedgerScan, Reply
from portal.accounts.models import HandlingUnit
from portal.outbox.models import Message

from .proposals import subdistrict

ANSWER = "路灯已经修好，欢迎继续监督。"


def unit_of(user: Any) -> HandlingUnit:
    unit = user.role_assignments.get(role="unit").unit
    assert unit is not None
    return unit


def paper(item: LedgerItem, by: Any) -> LedgerScan:
    """What a unit sent on paper, for 由工委代录."""
    upload = SimpleUploadedFile("答复（盖章）.pdf", b"%PDF-1.4\n%%EOF")
    return services.attach_scan(item=item, by=by, upload=upload, action="complete", on=timezone.localdate())


def opened(**fields: Any) -> LedgerItem:
    fields.setdefault("source", "proposal")
    fields.setdefault("division", subdistrict())
    fields.setdefault("title", "三眼井社区路灯坏了")
    fields.setdefault("summary", "路灯坏了两个月，晚上出门不方便。")
    fields.setdefault("raised_on", timezone.localdate() - timedelta(days=3))
    parties = tuple(services.NewParty(user=user) for user in fields.pop("proposers", ()))
    return services.open_item(new=services.NewItem(parties=parties + tuple(fields.pop("parties", ())), **fields))


def deputy(
    user: Any = None, *, level: str = "county", name: str = "人大代表示例", division: Any = None, **fields: Any
) -> Deputy:
    """In office since last year; saved past the service, which asks who enters them."""
    place = division or subdistrict()
    fields.setdefault("term", "第十八届")
    fields.setdefault("starts_on", timezone.localdate() - timedelta(days=365))
    congress = congress_of(place, level)
    return Deputy.objects.create(name=name, level=level, division=place, congress=congress, user=user, **fields)


def upper(**fields: Any) -> LedgerItem:
    """A matter of an upper level that waits for its way."""
    return opened(matter_level="upper", title="省道改造", **fields)


def suggested(cast: Any, deputies: Any = None, item: LedgerItem | None = None, **fields: Any) -> LedgerItem:
    """Asked of the cast's deputy and another of the county."""
    fields.setdefault("proposers", (cast.resident,))
    asked = deputies or [deputy(cast.deputy), deputy(name="县级代表示例二")]
    item = item or upper(**fields)
    services.suggest_to_deputies(item=item, by=cast.committee, deputies=asked, text="请就省道改造提出代表建议。")
    return LedgerItem.objects.get(pk=item.pk)


def proposed(cast: Any, **fields: Any) -> LedgerItem:
    item = suggested(cast, **fields)
    asked = AskedDeputy.objects.get(suggestion__item=item, deputy__user=cast.deputy)
    services.propose_suggestion(asked=asked, by=cast.deputy, outside_number="第12号")
    return LedgerItem.objects.get(pk=item.pk)


def answered_elsewhere(cast: Any, **fields: Any) -> Reply:
    """The reply to a suggestion, with the meeting and both written reports."""
    today, item = timezone.localdate(), proposed(cast, **fields)
    return services.record_outside_reply(
        item=item, by=cast.committee, unit_name="市交通运输局（示例）", kind="done", text="省道改造已完工。",
        met_on=today, reported_to_committee_on=today, reported_to_congress_on=today,
    )  # fmt: skip


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


def long_ago(item: LedgerItem, days: int = 14) -> LedgerItem:
    """The reply and its rounds as they were so many days ago: time to ask “解决了吗？”."""
    then = timezone.localdate() - timedelta(days=days)
    Reply.objects.filter(item=item).update(signed_on=then)
    Round.objects.filter(subject_key=item.reference).update(opened_on=then)
    return item


def question_link(cast: Any, **fields: Any) -> str:
    """The path that the resident was sent."""
    item = long_ago(completed(cast, **fields))
    services.ask_whether_solved()
    return str(Message.objects.get(event=f"ledger:{item.reference}:solved:1", recipient=cast.resident).url)


def call_back(cast: Any, **fields: Any) -> CallBack:
    """Somebody without an account who is to be phoned."""
    elder = services.NewParty(name="示例老人", phone="13800000000", added_by=cast.community)
    item = replied(cast, parties=(elder,), **fields).item
    absent = item.parties.get(user=None)
    services.feed_back(item=item, by=cast.unit, party=absent, way="phone", note="已电话告知")
    long_ago(services.complete_item(item=item, by=cast.unit))
    services.ask_whether_solved()
    return CallBack.objects.get(party=absent)
