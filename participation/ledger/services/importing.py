"""History with a known answer: a ledger item that rests, closed to rating, reminders and C34/X24 (decisions.md 25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.numbering.services import draw_each
from portal.trail.services import record_all
from portal.workdays.rules import day_in_words

from ..models import LedgerItem, Reply, Source
from ..rules.naming import format_reference, reference_series
from ..states import AT_REST, Action, State
from .moves import SUBJECT_KIND, locked, move
from .opening import NewItem, add_parties

BEFORE_THE_FIRST = 0


@dataclass(frozen=True)
class ImportedReply:
    """The answer as the source gives it, already masked, and the day it bears."""

    text: str
    replied_on: date
    unit_name: str = ""


@dataclass(frozen=True)
class ImportedMatter:
    """A matter of another platform, with its answer if there is one. `published_at` None rests unpublished."""

    new: NewItem
    reply: ImportedReply | None = None
    published_at: datetime | None = None


def import_item(
    *, new: NewItem, reply: ImportedReply | None = None, published_at: datetime | None = None
) -> LedgerItem:
    """Whoever calls knows that the source's number is new here. Raises Refused for a reply dated before its message."""
    return import_items(matters=[ImportedMatter(new, reply, published_at)])[0]


@transaction.atomic
def import_items(*, matters: Sequence[ImportedMatter]) -> list[LedgerItem]:
    """All of them or, where one is refused, none; numbered in this order and written a table at a time."""
    for matter in matters:
        check_reply_day(matter.new.raised_on, matter.reply)
    year = timezone.localdate().year
    series = [reference_series(matter.new.division.code or "", year) for matter in matters]
    numbers = zip(series, draw_each(series=series), strict=True)
    references = [format_reference(name, number) for name, number in numbers]
    items = LedgerItem.objects.bulk_create(
        _item(reference, matter) for reference, matter in zip(references, matters, strict=True)
    )
    pairs = zip(items, matters, strict=True)
    Reply.objects.bulk_create(_reply(item, matter.reply) for item, matter in pairs if matter.reply)
    record_all(
        {
            "subject_kind": SUBJECT_KIND,
            "subject_key": item.reference,
            "verb": Action.IMPORT,
            "capacity": "system",
            "to_state": item.state,
            "detail": {"source": Source.IMPORT.value, "source_key": item.source_key},
        }
        for item in items
    )
    return items


def _item(reference: str, matter: ImportedMatter) -> LedgerItem:
    new, reply = matter.new, matter.reply
    return LedgerItem(
        reference=reference,
        source=Source.IMPORT,
        source_kind=new.source_kind,
        source_key=new.source_key,
        state=State.IMPORTED if reply is None else State.REPLIED_IMPORTED,
        state_since=timezone.now(),
        division=new.division,
        community=new.community,
        title=new.title.strip()[:200],
        summary="" if new.is_confidential else new.summary.strip(),
        category=new.category,
        is_confidential=new.is_confidential,
        confidential_reason=new.confidential_reason,
        raised_on=new.raised_on,
        replied_on=reply.replied_on if reply else None,
        published_at=matter.published_at,
    )


@transaction.atomic
def receive_imported_reply(*, item: LedgerItem, reply: ImportedReply) -> LedgerItem:
    """A later export brings the answer; once."""
    row = locked(item)
    check_reply_day(row.raised_on, reply)
    move(row, Action.RECEIVE_IMPORTED_REPLY, capacity="system", replied_on=reply.replied_on)
    _reply(row, reply).save(force_insert=True)
    return row


@transaction.atomic
def publish_imported_item(*, item: LedgerItem, published_at: datetime, by: Any = None) -> LedgerItem:
    """With its proposal, on that one's permission. Harmless when it is public already."""
    row = locked(item)
    if row.published_at is None:
        move(row, Action.PUBLISH_IMPORT, by=by, capacity="committee" if by else "system", published_at=published_at)
    return row


@transaction.atomic
def take_up_imported_item(*, item: LedgerItem, new: NewItem, by: Any = None) -> LedgerItem:
    """An adopted import goes on in the loop as any other matter (C31): its clock begins today, the imported reply and
    its day stay as history before the first leg. Whoever calls has asked the owner's own permissions.

    Harmless for an item that was taken up before.
    """
    row = locked(item)
    if row.state not in AT_REST:
        return row
    row.replies.filter(is_imported=True, leg=1).update(leg=BEFORE_THE_FIRST)
    move(
        row,
        Action.TAKE_UP,
        by=by,
        capacity="committee" if by is not None else "system",
        detail={"matter_level": new.matter_level, "source_key": row.source_key},
        taken_up_on=timezone.localdate(),
        matter_level=new.matter_level,
        category=new.category,
        community=new.community,
        replied_on=None,
    )
    add_parties(item=row, parties=new.parties)
    return row


def check_reply_day(raised_on: date, reply: ImportedReply | None) -> None:
    """Refused for an answer before its question."""
    if reply is not None and reply.replied_on < raised_on:
        raise Refused(_("答复日期早于提出日期%s。") % day_in_words(raised_on))


def _reply(item: LedgerItem, reply: ImportedReply) -> Reply:
    return Reply(
        item=item,
        leg=1,
        unit_name=reply.unit_name.strip()[:120],
        text=reply.text,
        drafted_at=timezone.make_aware(datetime.combine(reply.replied_on, time())),
        signed_on=reply.replied_on,
        is_imported=True,
    )
