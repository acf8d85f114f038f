"""告知: who has an account reads it in the site; the others get a text message, or a call by the desk."""

import logging
from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from participation.ledger.rules.diversion import DiversionChannel
from portal.outbox.backends import Channel, ChannelUnavailable, NotSent, channel_for, is_available
from portal.outbox.backends.sms import Text
from portal.outbox.selectors import sender_sign
from portal.outbox.services.composing import absolute
from portal.trail.services import record as record_step

from .. import notifications
from ..models import DeputyMessage
from .moves import SUBJECT_KIND

logger = logging.getLogger(__name__)
TextState = DeputyMessage.TextState
BATCH = 200


def tell_sender(message: DeputyMessage, channel: DiversionChannel | None = None) -> None:
    """Of a locked row that has just moved, in its transaction."""
    if message.sender is not None:
        notifications.outcome(message, channel)
    elif message.phone and is_available("sms"):
        message.text_state, message.text_claimed_at = TextState.DUE.value, None
        message.save(update_fields=["text_state", "text_claimed_at"])
    elif message.phone:
        notifications.outcome_to_pass_on(message)


def text_senders() -> str:
    """Periodic: each outcome leaves once. What was interrupted is not sent again, the desk phones (decisions.md 10)."""
    stale = timezone.now() - timedelta(minutes=settings.OUTBOX_STALE_MINUTES)
    for row in DeputyMessage.objects.filter(text_state=TextState.SENDING, text_claimed_at__lte=stale)[:BATCH]:
        _finish(row, TextState.UNSURE)
    rows = DeputyMessage.objects.filter(text_state=TextState.DUE).order_by("pk")[:BATCH]
    try:
        line = channel_for("sms")
    except ChannelUnavailable:  # it was there when the answer came
        for row in rows:
            if _claimed(row):
                _finish(row, TextState.UNSURE)
        return "no text messages here"
    sent = 0
    try:
        line.open()
        for row in rows:
            if not _claimed(row):
                continue
            state = _sent(row, line)
            if state == TextState.DUE:  # the gateway does not answer: the rest keeps its turn
                break
            sent += state == TextState.SENT
    except NotSent as error:
        logger.warning("text messages wait: %s", error)
    finally:
        line.close()
    return f"told {sent} senders"


def _claimed(row: DeputyMessage) -> bool:
    """Mine, and written, before anything leaves."""
    mine = DeputyMessage.objects.filter(pk=row.pk, text_state=TextState.DUE)
    return bool(mine.update(text_state=TextState.SENDING, text_claimed_at=timezone.now()))


def _sent(row: DeputyMessage, line: Channel) -> str:
    row.refresh_from_db()
    context = {"message": row, "sign": sender_sign(), "url": absolute(reverse("lookup:lookup"))}
    words = render_to_string("emails/deputy_messages/outcome_sms.txt", context).strip()
    try:
        line.transmit(Text(number=row.phone, words=words, key=f"{row.number}.{row.state}"))
    except NotSent as error:
        return _finish(row, TextState.DUE if error.is_down else TextState.UNSURE)
    except Exception:
        logger.exception("telling the sender of %s", row.number)
        return _finish(row, TextState.UNSURE)
    return _finish(row, TextState.SENT)


def _finish(row: DeputyMessage, state: TextState) -> str:
    """Only while it is still claimed: a later outcome has set it to due anew."""
    mine = DeputyMessage.objects.filter(pk=row.pk, text_state=TextState.SENDING)
    if mine.update(text_state=state.value):
        if state == TextState.SENT:
            record_step(subject_kind=SUBJECT_KIND, subject_key=row.number, verb="text_sender", capacity="system")
        if state == TextState.UNSURE:
            notifications.outcome_to_pass_on(row)
    return state
