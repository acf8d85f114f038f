"""Sending what is queued: never twice, and one channel's trouble is no other's."""

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..backends import Channel, ChannelUnavailable, NotSent, channel_for
from ..backends.sms import Text
from ..models import Delivery
from ..registry import contact_of
from ..rules import DIGEST, EMAIL, NONE, SMS, Contact, next_try, text_parts
from ..selectors import wishes_by_kind
from .channel_rests import is_resting, it_answers, let_rest
from .composing import digest_for, mail_for, text_for
from .digests import gather_digests
from .spending import give_parts_back, take_parts

logger = logging.getLogger(__name__)
State = Delivery.State
Composer = Callable[[list[Delivery], Contact], Any]


def _compose_mail(deliveries: list[Delivery], contact: Contact) -> Any:
    return mail_for(deliveries[0], contact.email) if contact.email else None


def _compose_digest(deliveries: list[Delivery], contact: Contact) -> Any:
    return digest_for(deliveries, contact.email) if contact.email else None


def _compose_text(deliveries: list[Delivery], contact: Contact) -> Any:
    return text_for(deliveries[0], contact.mobile) if contact.mobile else None


# queue name -> the channel that carries it, and how a letter is made (None: no address any more)
QUEUES: dict[str, tuple[str, Composer]] = {
    EMAIL: ("email", _compose_mail),
    SMS: ("sms", _compose_text),
    DIGEST: ("email", _compose_digest),
}


def deliver_due(*, limit: int = 1000) -> dict[str, int]:
    """Send what is due, at most `limit` letters per queue; how many deliveries ended in which state.

    May run beside itself and be killed at any moment: whatever was claimed and not finished becomes "uncertain"
    after OUTBOX_STALE_MINUTES and waits for a decision by staff.
    """
    tally: Counter[str] = Counter()
    tally["stale"] = settle_stale()
    gather_digests(limit=limit)
    for queue, (channel_name, compose) in QUEUES.items():
        try:
            channel = channel_for(channel_name)
        except ChannelUnavailable:
            continue  # what waits in it is reported by `doctor`
        if is_resting(channel_name):
            continue
        sent = tally[State.SENT]
        try:
            _empty_queue(queue, channel, compose, limit, tally)
        except Exception:
            logger.exception("the %s queue stopped; the other queues go on", queue)
            tally["stopped"] += 1
        finally:
            channel.close()
        if tally[State.SENT] > sent:
            it_answers(channel_name)
    return dict(+tally)


def settle_stale() -> int:
    """Claims that nobody finished: it is unknown whether they were sent."""
    limit = timezone.now() - timedelta(minutes=settings.OUTBOX_STALE_MINUTES)
    return Delivery.objects.filter(state=State.SENDING, claimed_at__lte=limit).update(
        state=State.UNCERTAIN, problem=_("发送中断，不知道是否已发出")
    )


def _due(queue: str) -> QuerySet[Delivery]:
    due = Delivery.objects.filter(channel=queue, state=State.QUEUED, due_at__lte=timezone.now())
    return due.exclude(digest=None) if queue == DIGEST else due


def _empty_queue(queue: str, channel: Channel, compose: Composer, limit: int, tally: Counter[str]) -> None:
    due = _due(queue)
    if queue == DIGEST:
        digests = due.order_by("digest").values_list("digest", flat=True).distinct()
        parcels = [{"digest": digest} for digest in digests[:limit]]
    else:
        parcels = [{"pk": pk} for pk in due.order_by("due_at", "pk").values_list("pk", flat=True)[:limit]]
    for parcel in parcels:
        try:
            channel.open()
        except NotSent as error:  # nothing is claimed yet: these keep their turn for the next run
            let_rest(channel.name, str(error))
            logger.warning("%s is down: %s", channel.name, error)
            tally["waiting"] += 1
            return
        claimed = _claim(queue, parcel)
        if not claimed:
            continue  # somebody else has it
        state, stops = _send(claimed, channel, compose)
        tally[state] += len(claimed)
        if stops:
            return


def _claim(queue: str, parcel: dict[str, Any]) -> list[Delivery]:
    """Mine, and committed, before anything is sent; empty when another worker was faster."""
    claim = secrets.token_hex(16)
    with transaction.atomic(durable=True):
        keys = list(_due(queue).filter(**parcel).values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=keys, state=State.QUEUED).update(
            state=State.SENDING, claim=claim, claimed_at=timezone.now(), attempts=F("attempts") + 1
        )
    mine = Delivery.objects.filter(pk__in=keys, claim=claim, state=State.SENDING)
    return list(mine.select_related("message__recipient").order_by("pk"))


def _send(deliveries: list[Delivery], channel: Channel, compose: Composer) -> tuple[str, bool]:
    """The state the claimed deliveries end in, and whether the rest of the queue has to wait."""
    recipient = deliveries[0].message.recipient
    if not recipient.is_active:
        return _finish(deliveries, State.CANCELLED, _("账号已注销")), False
    if wanted := _still_wanted(deliveries):
        deliveries = wanted
    else:
        return State.CANCELLED, False
    try:
        letter = compose(deliveries, contact_of(recipient))
    except Exception as error:
        logger.exception("composing deliveries %s", [delivery.pk for delivery in deliveries])
        return _finish(deliveries, State.FAILED, f"{type(error).__name__}: {error}"), False
    if letter is None:
        return _finish(deliveries, State.FAILED, _("没有可用的地址")), False
    parts = text_parts(letter.words) if isinstance(letter, Text) else 0
    if parts and not take_parts(parts):
        _keep_turn(deliveries, _("已达到每日短信上限"))
        return "waiting", True
    try:
        channel.transmit(letter)
    except NotSent as error:
        if parts:
            give_parts_back(parts)
        if error.is_down:
            let_rest(channel.name, str(error))
            _keep_turn(deliveries, str(error))
            return "waiting", True
        due_at = (
            None if error.is_final else next_try(timezone.now(), deliveries[0].attempts, settings.OUTBOX_RETRY_MINUTES)
        )
        state = State.QUEUED if due_at else State.FAILED
        return _finish(deliveries, state, str(error), due_at=due_at), False
    except Exception as error:
        logger.exception("sending deliveries %s", [delivery.pk for delivery in deliveries])
        return _finish(deliveries, State.UNCERTAIN, f"{type(error).__name__}: {error}"), False
    return _finish(deliveries, State.SENT, ""), False


def _still_wanted(deliveries: list[Delivery]) -> list[Delivery]:
    """Those whose kind was not switched off since they were queued; the others are cancelled."""
    wishes = wishes_by_kind(deliveries[0].message.recipient, {delivery.message.kind for delivery in deliveries})

    def is_refused(delivery: Delivery) -> bool:
        wish = wishes[delivery.message.kind]
        refused = {EMAIL: wish.email == NONE, DIGEST: wish.email == NONE or not wish.digests, SMS: wish.sms == NONE}
        return refused[delivery.channel]

    if unwanted := [delivery for delivery in deliveries if is_refused(delivery)]:
        _finish(unwanted, State.CANCELLED, _("本人已退订"))
    return [delivery for delivery in deliveries if delivery not in unwanted]


def _keep_turn(deliveries: Sequence[Delivery], problem: str) -> None:
    """Nothing left and it is not these letters' fault: the try does not count."""
    Delivery.objects.filter(
        pk__in=[delivery.pk for delivery in deliveries], claim=deliveries[0].claim, state=State.SENDING
    ).update(state=State.QUEUED, problem=problem[:300], attempts=F("attempts") - 1)


def _finish(deliveries: Sequence[Delivery], state: str, problem: str, *, due_at: Any = None) -> str:
    """Write the end of my own claim, also when it was called stale meanwhile; a newer claim is left alone."""
    change: dict[str, Any] = {"state": state, "problem": problem[:300]}
    change |= {"due_at": due_at} if due_at else {"finished_at": timezone.now()}
    Delivery.objects.filter(
        pk__in=[delivery.pk for delivery in deliveries],
        claim=deliveries[0].claim,
        state__in=[State.SENDING, State.UNCERTAIN],
    ).update(**change)
    return state
