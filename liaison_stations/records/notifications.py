"""Who is told what. The words are in templates/emails/records/<event>.txt, the first line being the title.

Once per record and outcome: the visitor (in the site, or through whoever wrote it down, by phone) and the deputies who
received. Mails and messages never repeat what the visitor said.
"""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from participation.ledger.rules.diversion import DiversionChannel
from portal.accounts.selectors import users_with_role
from portal.outbox.services import queue_messages

from .models import ReceptionRecord

OWN, DUTIES = "own_reception", "reception_outcome"
SUBJECT_KIND = "reception_record"


def _letter(template: str, record: ReceptionRecord, kind: str, url: str, **context: Any) -> dict[str, str]:
    words = render_to_string(f"emails/records/{template}.txt", {"record": record, **context})
    title, _newline, body = words.strip().partition("\n")
    return {
        "event": f"reception_record:{record.number}:{record.state}", "kind": kind, "title": title.strip(),
        "body": body.strip(), "url": url, "subject_kind": SUBJECT_KIND, "subject_key": record.number,
    }  # fmt: skip


def handed_over(record: ReceptionRecord) -> None:
    """已转办: the number and where to read how it goes on."""
    matter = record.item or record.proposal
    url = matter.get_absolute_url() if matter is not None else ""
    _tell(record, "handed_over", url)


def answered(record: ReceptionRecord) -> None:
    """The visitor heard it at the table; only the deputies are told that it was written down."""
    _tell_deputies(record, "answered", record.session.get_absolute_url())


def diverted(record: ReceptionRecord, channel: DiversionChannel) -> None:
    _tell(record, "diverted", record.session.get_absolute_url(), channel=channel)


def _tell(record: ReceptionRecord, template: str, url: str, **context: Any) -> None:
    if record.user is not None:
        queue_messages(recipients=[record.user], **_letter(template, record, OWN, url, **context))
    elif record.phone:
        staff = _who_passes_on(record)
        page = reverse("records_admin:record", args=[record.number])
        letter = _letter(template, record, OWN, page, passes_on=True, **context)
        if staff is not None:
            queue_messages(recipients=[staff], pass_on_in=record.division, **letter)
    _tell_deputies(record, template, url, **context)


def _who_passes_on(record: ReceptionRecord) -> Any:
    """Whoever wrote it down; when that account is gone, the station's clerk or the committee."""
    if record.entered_by.is_active:
        return record.entered_by
    place = record.division
    return users_with_role("clerk", place).order_by("pk").first() or users_with_role("committee", place).first()


def _tell_deputies(record: ReceptionRecord, template: str, url: str, **context: Any) -> None:
    people = [each.user for each in record.deputies.select_related("user") if each.user is not None]
    if people:
        queue_messages(recipients=people, **_letter(template, record, DUTIES, url, to_deputy=True, **context))
