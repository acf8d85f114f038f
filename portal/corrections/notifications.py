"""Staff hear that a mistake was reported; who reported it hears what came of it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.outbox.services import queue_messages

from .models import Correction
from .selectors import people_to_answer

KIND, WAITING = "correction", "correction_waiting"


def correction_waits(row: Correction) -> None:
    """Those in whose list it stands. What the visitor wrote stays on the site: it may name a person."""
    queue_messages(
        event=f"correction:{row.pk}:waiting",
        kind=WAITING,
        recipients=people_to_answer(row),
        title=_("有一条网页纠错待处理：%(page)s") % {"page": row.page_title or row.address},
        url=reverse("corrections_admin:edit", args=[row.pk]),
        subject_kind="correction",
        subject_key=str(row.pk),
    )


def correction_answered(row: Correction) -> None:
    """With an account: through its channels. With a contact only: a 告知任务 in the division. Else nobody."""
    if row.reporter is None and not row.contact:
        return
    values = {
        "event": f"correction:{row.pk}:answered",
        "kind": KIND,
        "title": _("您反映的网页错误已处理：%(state)s") % {"state": row.get_state_display()},
        "body": row.answer,
        "url": row.address,
        "subject_kind": "correction",
        "subject_key": str(row.pk),
    }
    if row.reporter is not None:
        queue_messages(recipients=[row.reporter], **values)
    elif row.division is not None and row.answered_by is not None:
        queue_messages(recipients=[row.answered_by], pass_on_in=row.division, **values)
