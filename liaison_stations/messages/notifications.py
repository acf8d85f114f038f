"""Who is told what. The words are in templates/emails/deputy_messages/<event>.txt, the first line being the title.

Mails and texts never repeat what was written: they name the number and say where to read.
"""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

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
    deputy = message.deputy.user if message.deputy else None
    if deputy is not None:
        own = reverse("messages:answer", args=[message.number])
        letter = _letter("received", message, DUTIES, own, to_deputy=True)
        queue_messages(event=event, recipients=[deputy], **letter)


def due(message: DeputyMessage, *, on: str) -> None:
    """催办, once: the desk and the deputy."""
    event = f"deputy_message:{message.number}:due"
    desk = reverse("messages_admin:message", args=[message.number])
    queue_messages(event=event, recipients=desk_of(message), **_letter("due", message, DUTIES, desk, day=on))
    deputy = message.deputy.user if message.deputy else None
    if deputy is not None:
        own = reverse("messages:answer", args=[message.number])
        queue_messages(event=event, recipients=[deputy], **_letter("due", message, DUTIES, own, day=on))


def outcome(message: DeputyMessage, channel: DiversionChannel | None = None) -> None:
    """The sender: in the site where there is an account, otherwise the desk tells by phone (告知任务)."""
    event = f"deputy_message:{message.number}:{message.state}"
    if message.sender is not None:
        letter = _letter("outcome", message, OWN, message.get_absolute_url(), channel=channel)
        queue_messages(event=event, recipients=[message.sender], **letter)
        return
    if not message.phone:
        return
    desk = desk_of(message)[:1]
    page = reverse("messages_admin:message", args=[message.number])
    letter = _letter("outcome", message, DUTIES, page, channel=channel, passes_on=True)
    queue_messages(event=event, recipients=desk, pass_on_in=message.division, **letter)
