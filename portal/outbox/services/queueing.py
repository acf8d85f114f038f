"""Queueing what must be told, in the transaction of the change that causes it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from ..backends import is_available
from ..models import Delivery, Message, NoticeTask
from ..registry import contacts_of, kind_of
from ..rules import IMMEDIATE, SITE, VISIT, Contact, ways_to_tell
from ..selectors import wishes_of

BATCH = 500


def queue_messages(
    *,
    event: str,
    kind: str,
    recipients: Iterable[Any],
    title: str,
    body: str = "",
    url: str = "",
    subject_kind: str = "",
    subject_key: str = "",
    frequencies: Any = None,
    pass_on_in: Any = None,
) -> int:
    """Tell each recipient once of `event` (a stable key such as `proposal:JY-…:published`); a repeat is a no-op.

    The number of people told by this call. `url` is a path on this site. Keep personal data out of title and body:
    they go by mail and text message. `frequencies` (by user key) says who asked to hear less often of this subject.
    With `pass_on_in` (a division) the recipients are staff who each get a 告知任务 there: to tell those of the matter
    whom they entered without an account (`registry.register_absent`).
    """
    people = {user.pk: user for user in recipients if user.is_active}
    told = 0
    # In the order of the keys, so that two transactions telling the same people wait instead of deadlocking.
    order = sorted(people)
    with transaction.atomic():
        for start in range(0, len(order), BATCH):
            keys = order[start : start + BATCH]
            Message.objects.bulk_create(
                [
                    Message(
                        recipient=people[key],
                        event=event,
                        kind=kind,
                        title=title[:200],
                        body=body,
                        url=url,
                        subject_kind=subject_kind,
                        subject_key=subject_key,
                    )
                    for key in keys
                ],
                ignore_conflicts=True,
            )
            # Every message gets its in-site delivery in the transaction that makes it: those without one are new.
            fresh = list(Message.objects.filter(event=event, recipient__in=keys, deliveries=None).order_by("pk"))
            _add_deliveries(fresh, people, kind, frequencies or {}, by_visit=pass_on_in is None)
            if pass_on_in is not None:
                _add_tasks_to_pass_on(fresh, pass_on_in)
            told += len(fresh)
    return told


def _add_deliveries(
    messages: list[Message], people: dict[Any, Any], kind: str, frequencies: Mapping[Any, str], *, by_visit: bool
) -> None:
    if not messages:
        return
    now = timezone.now()
    keys = [message.recipient_id for message in messages]
    contacts = contacts_of([people[key] for key in keys])
    wishes = wishes_of(keys, kind)
    has_email, has_sms = is_available("email"), is_available("sms")
    deliveries = []
    for message in messages:
        deliveries.append(
            Delivery(message=message, channel=SITE, state=Delivery.State.SENT, due_at=now, finished_at=now)
        )
        ways = ways_to_tell(
            contacts.get(message.recipient_id) or Contact(),
            wish=wishes[message.recipient_id].quieter(frequencies.get(message.recipient_id, IMMEDIATE)),
            has_email=has_email,
            has_sms=has_sms,
            by_sms=kind_of(kind).by_sms,
        )
        deliveries += [Delivery(message=message, channel=way, due_at=now) for way in ways if by_visit or way != VISIT]
    Delivery.objects.bulk_create(deliveries)
    NoticeTask.objects.bulk_create(
        NoticeTask(
            delivery=delivery,
            division_id=contacts[delivery.message.recipient_id].division_id,
            script=notice_script(delivery.message),
            created_at=now,
        )
        for delivery in deliveries
        if delivery.channel == VISIT
    )


def _add_tasks_to_pass_on(messages: list[Message], division: Any) -> None:
    now = timezone.now()
    deliveries = Delivery.objects.bulk_create(
        Delivery(message=message, channel=VISIT, due_at=now) for message in messages
    )
    NoticeTask.objects.bulk_create(
        NoticeTask(
            delivery=delivery,
            division=division,
            assignee_id=delivery.message.recipient_id,
            script=notice_script(delivery.message),
            created_at=now,
        )
        for delivery in deliveries
    )


def notice_script(message: Message) -> str:
    """What the member of staff says on the phone or at the door."""
    return render_to_string("outbox/notice_script.txt", {"message": message}).strip()
