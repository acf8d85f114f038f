"""“解决了吗？” fourteen days after a reply: by a link without log-in, or by phone; the answer is the rating."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.evaluations.models import Answer, Rater
from participation.evaluations.states import Channel, RoundState, Source
from participation.moderation.rules import Refused
from portal.outbox.backends import is_available
from portal.outbox.registry import contacts_of
from portal.outbox.rules import Contact
from portal.trail.services import record

from .. import notifications
from ..models import CallBack, LedgerItem, Party, ReplyRound
from ..permissions import user_can_call_back
from ..rules.asking import ASK_AFTER, ask_day
from ..selectors.asking import Question, link_of
from ..selectors.desk import LOOKED
from ..states import CALLS, Action, CallResult, CallState, State
from .moves import SUBJECT_KIND, locked, move, require
from .rating import rated_reply, require_not_of_unit, take_rating

CALL_KIND = "call_back"  # of the trail


def ask_whether_solved(today: date | None = None) -> int:
    """How many proposers were asked. Once per reply, of those who have not rated; safe to run twice, in parallel, or
    killed half-way: each reply is one transaction."""
    day = today or timezone.localdate()
    rows = ReplyRound.objects.filter(
        source=Source.RESIDENT, asked_on=None, round__state=RoundState.OPEN, round__closes_on__gte=day,
        reply__signed_on__lte=day - ASK_AFTER, reply__item__state=State.COMPLETED,
    )  # fmt: skip
    return sum(_ask(row, day) for row in rows.select_related("reply__item").order_by("pk"))


@transaction.atomic
def _ask(row: ReplyRound, day: date) -> int:
    item = locked(row.reply.item)
    now = ReplyRound.objects.select_related("reply", "round").get(pk=row.pk)
    reply, round_ = now.reply, now.round
    if now.asked_on is not None or item.state != State.COMPLETED or item.leg != reply.leg:
        return 0
    if not round_.is_open_on(day) or reply.signed_on is None:
        return 0
    if day < ask_day(replied_on=reply.signed_on, opened_on=round_.opened_on):
        return 0
    waiting = list(Rater.objects.filter(round=round_, answered_on=None).select_related("user").order_by("pk"))
    if not waiting:
        return 0
    parties = list(Party.objects.filter(item=item))
    by_user = {party.user_id: party for party in parties if party.user_id}
    by_key = {f"party:{party.pk}": party for party in parties if not party.user_id}
    contacts = contacts_of([rater.user for rater in waiting if rater.user])
    asked = 0
    for rater in waiting:
        contact = contacts.get(rater.user_id) or Contact(in_person=True)
        is_told = bool(rater.user and not contact.in_person) and bool(
            notifications.asked_whether_solved(item, reply, rater.user, link_of(rater, reply))
        )
        party = by_user.get(rater.user_id or 0) or by_key.get(rater.key)
        is_phoned = False
        if party is not None and party.is_reachable and not _is_reached(contact):
            is_phoned = True
            CallBack.objects.get_or_create(rater=rater, defaults={"reply": reply, "party": party, "due_on": day})
        asked += is_told or is_phoned
    now.asked_on = day
    now.save(update_fields=["asked_on"])
    move(item, Action.ASK_AGAIN, capacity="system", detail={"leg": item.leg})
    return asked


def _is_reached(contact: Contact) -> bool:
    """By mail or text message; what waits in the inbox alone may never be seen."""
    return bool((contact.email and is_available("email")) or (contact.mobile and is_available("sms")))


@transaction.atomic
def rate_by_link(
    *, question: Question, value: str, reason: str = "", stars: Mapping[str, int] | None = None
) -> Answer | None:
    """The link's holder answers for the one proposer it was sent to; the rule is that of any proposer's rating."""
    row = locked(question.item)
    require(row, Action.RATE)
    reply = rated_reply(row)
    if reply.pk != question.reply.pk:
        raise Refused(_("这次答复的评价已经结束。"))
    return take_rating(row, reply, question.rater, value=value, reason=reason, stars=stars, channel=Channel.LINK)


@transaction.atomic
def record_call(
    *,
    call: CallBack,
    by: Any,
    result: str,
    value: str = "",
    reason: str = "",
    stars: Mapping[str, int] | None = None,
) -> CallBack:
    """电话回访 by somebody of the place who is not of the handling unit. Who is not reached is tried once more."""
    row = _callable(call, by)
    mine = CallBack.objects.select_for_update().get(pk=call.pk)
    after = CALLS.get((CallState(mine.state), CallResult(result)))
    if after is None or mine.rater.answered_on is not None:
        raise Refused(_("这位提出人已经回访过，或者已经自己评价。"))
    if after == CallState.ANSWERED:
        require(row, Action.RATE)
        reply = rated_reply(row)
        if reply.pk != mine.reply_id:
            raise Refused(_("这次答复的评价已经结束。"))
        said: dict[str, Any] = {"value": value, "reason": reason, "stars": stars}
        take_rating(row, reply, mine.rater, channel=Channel.PHONE, entered_by=by, **said)
    before, mine.state = mine.state, after.value
    mine.tried_on, mine.tried_by = timezone.localdate(), by
    mine.save(update_fields=["state", "tried_on", "tried_by"])
    record(
        subject_kind=CALL_KIND, subject_key=str(mine.pk), verb=f"phone_{result}", actor=by, capacity="staff",
        from_state=before, to_state=mine.state,
    )  # fmt: skip
    return mine


@transaction.atomic
def record_call_contact(*, call: CallBack, by: Any) -> None:
    """Whoever is to phone looks up name and number; the trail keeps who did."""
    row = _callable(call, by)
    record(subject_kind=SUBJECT_KIND, subject_key=row.reference, verb=LOOKED, actor=by, capacity="staff")


def _callable(call: CallBack, by: Any) -> LedgerItem:
    row = locked(call.reply.item)
    if not user_can_call_back(by, row):
        raise PermissionDenied(_("电话回访由人大街道工委、联络员和社区的工作人员办理。"))
    require_not_of_unit(by, row)
    return row
