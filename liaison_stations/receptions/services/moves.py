"""What every transition does: lock and re-read, ask who and whether, write, record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division
from portal.trail.services import record

from ..models import STATUS_LABELS, ReceptionSession
from ..permissions import user_can_do
from ..states import Action, Status, next_status

SUBJECT_KIND = "reception_session"


def locked(session: ReceptionSession) -> ReceptionSession:
    """The row as it is now, locked until the transaction ends."""
    rows = ReceptionSession.objects.select_for_update(of=("self",)).select_related("station__division", "venue")
    found: ReceptionSession = rows.get(pk=session.pk)
    return found


def lock_desk(division: Division) -> None:
    """One plan of a place at a time: two clerks who press the button together do not plan the month twice."""
    Division.objects.select_for_update(no_key=True).get(pk=division.pk)


def opened_for(session: ReceptionSession, by: Any, action: Action) -> ReceptionSession:
    """The locked row, when `by` may do this here and now; PermissionDenied or Refused otherwise."""
    row = locked(session)
    if not user_can_do(by, action, row.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    if next_status(action, Status(row.status)) is None:
        raise Refused(_("这场接待现在是“%s”，不能办理这一步。") % STATUS_LABELS[Status(row.status)])
    return row


def move(
    session: ReceptionSession,
    action: Action,
    *,
    by: Any,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    capacity: str = "staff",
    **fields: Any,
) -> None:
    """Write `fields` and the next status of a locked row, and the trail entry. What is public gets a new sequence."""
    before = Status(session.status)
    after = next_status(action, before)
    if after is None:
        raise Refused(_("这场接待现在不能办理这一步。"))
    for name, value in fields.items():
        setattr(session, name, value)
    session.status = after.value
    session.changed_at = timezone.now()
    if before is not Status.PLANNED:
        session.sequence += 1
    session.save()
    record(
        subject_kind=SUBJECT_KIND, subject_key=session.key, verb=action, actor=by, capacity=capacity,
        from_state=before, to_state=after, reason=reason, detail=detail,
    )  # fmt: skip


def required(text: str, message: str, length: int = 100) -> str:
    text = text.strip()
    if not text:
        raise Refused(message)
    if len(text) > length:
        raise Refused(_("不能超过%d字。") % length)
    return text
