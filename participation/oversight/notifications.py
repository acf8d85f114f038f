"""Who is told what. The words are in templates/emails/oversight/<event>.txt, the first line being the title."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.selectors import users_of_unit
from portal.outbox.services import queue_messages

from .models import OfficeAppraisal

RATING, WORK = "appraisal_rating", "appraisal_work"
SUBJECT_KIND = "office_appraisal"


def _letter(event: str, appraisal: OfficeAppraisal, kind: str, url: str, key: str) -> dict[str, str]:
    context = {"appraisal": appraisal, "round": appraisal.round}
    title, _newline, body = render_to_string(f"emails/oversight/{event}.txt", context).strip().partition("\n")
    return {
        "event": f"appraisal:{appraisal.pk}:{key}",
        "kind": kind,
        "title": title.strip(),
        "body": body.strip(),
        "url": url,
        "subject_kind": SUBJECT_KIND,
        "subject_key": str(appraisal.pk),
    }


def rating_opened(appraisal: OfficeAppraisal, members: Iterable[Any]) -> None:
    """To the members: that it is open and until when. Nobody is reminded by name: that would say who has answered."""
    url = reverse("oversight:rate", args=[appraisal.pk])
    queue_messages(recipients=members, **_letter("rating_opened", appraisal, RATING, url, "rating_opened"))


def report_wanted(appraisal: OfficeAppraisal, event: str = "report_wanted") -> None:
    """To the unit: when it is planned, and once more before the day (`report_due`)."""
    url = reverse("oversight_admin:appraisal", args=[appraisal.pk])
    key = f"{event}:{appraisal.report_due_on}"
    queue_messages(recipients=users_of_unit(appraisal.unit), **_letter(event, appraisal, WORK, url, key))
