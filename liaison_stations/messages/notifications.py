"""Who is told what. The words are in templates/emails/deputy_messages/<event>.txt, the first line being the title.

Mails and texts never repeat what was written: they name the number and say where to read.
"""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from liaison_stations.records.rules.diversion import CHANNELS
from participation.ledger.rules.diversion import DiversionChannel
from portal.accounts.selectors import users_with_role
from portal.outbox.services import queue_messages

from .models import DeputyMessage

OWN, DUTIES = "own_message", "message_duty"
SUBJECT_KIND = "deputy_message"


def _letter(template: str, message: DeputyMessage, kind: str, url: str, **context: Any) -> dict[str, Any]:
    words = render_to_string(f"emails/deputy_messages/{template}.txt", {"message": message, **context})
    title, _newline, body = words.strip().partition("\n")
    return {
        "kind": kind, "title": title.strip(), "body": body.strip(), "url": url,
        "subject_kind": SUBJECT_KIND, "subject_key": message.number,
    }  # fmt: skip


def desk_of(message: DeputyMessage) -> list[Any]:
    """The station's clerks; where the post is vacant, the committee's staff."""
    clerks = list(users_with_role("clerk", message.division))
    return clerks or list(users_with_role("committee", message.division))


def received(message: DeputyMessage) -> None:
    """转给: the deputy it was left for, and the station's desk."""
    event = f"deputy_message:{message.number}:received"
    desk = reverse("messages_admin:message", args=[message.number])
    queue_messages(event=event, recipients=desk_of(message), **_letter("received", message, DUTIES, desk))
    _to_deputy(message, "received", event)


def _to_deputy(message: DeputyMessage, template: str, event: str, **context: Any) -> None:
    deputy = message.answering_deputy
    if deputy is not None and deputy.user is not None:
        own = reverse("messages:answer", args=[message.number])
        letter = _letter(template, message, DUTIES, own, to_deputy=True, **context)
        queue_messages(event=event, recipients=[deputy.user], **letter)


def passed_on(message: DeputyMessage) -> None:
    """转给代表: one event per deputy, so that a second one is told as well."""
    _to_deputy(message, "received", f"deputy_message:{message.number}:passed_on:{message.passed_to_id}")


def due(message: DeputyMessage, *, is_overdue: bool = False) -> None:
    """催办: the desk and the deputy; once the day is over, the committee as well."""
    event = f"deputy_message:{message.number}:{'overdue' if is_overdue else 'due'}"
    page = reverse("messages_admin:message", args=[message.number])
    staff = {person.pk: person for person in desk_of(message)}
    if is_overdue:
        staff |= {person.pk: person for person in users_with_role("committee", message.division)}
    letter = _letter("due", message, DUTIES, page, is_overdue=is_overdue)
    queue_messages(event=event, recipients=staff.values(), **letter)
    _to_deputy(message, "due", event, is_overdue=is_overdue)


def outcome(message: DeputyMessage, channel: DiversionChannel | None = None) -> None:
    """The sender who has an account."""
    event = f"deputy_message:{message.number}:{message.state}"
    letter = _letter("outcome", message, OWN, message.get_absolute_url(), channel=channel)
    queue_messages(event=event, recipients=[message.sender], **letter)


def outcome_to_pass_on(message: DeputyMessage) -> None:
    """告知任务: the desk phones who has no account and got no text message."""
    event = f"deputy_message:{message.number}:{message.state}"
    channel = CHANNELS.get(message.diverted_to)
    desk = desk_of(message)[:1]
    page = reverse("messages_admin:message", args=[message.number])
    letter = _letter("outcome", message, DUTIES, page, channel=channel, passes_on=True)
    queue_messages(event=event, recipients=desk, pass_on_in=message.division, **letter)
