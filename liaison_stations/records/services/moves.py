"""What every step does: lock and re-read, ask who and whether, write, record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.trail.services import record as record_step

from ..models import STATE_LABELS, ReceptionRecord
from ..permissions import user_can_keep_records
from ..states import Action, State, next_state

SUBJECT_KIND = "reception_record"


def opened_for(record: ReceptionRecord, by: Any, action: Action) -> ReceptionRecord:
    """The locked row, when `by` may do this here and now; PermissionDenied or Refused otherwise."""
    rows = ReceptionRecord.objects.select_for_update(of=("self",)).select_related("session__station__division")
    row: ReceptionRecord = rows.get(pk=record.pk)
    if not user_can_keep_records(by, row.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    if next_state(action, State(row.state)) is None:
        raise Refused(_("这条记录现在是“%s”，不能办理这一步。") % STATE_LABELS[State(row.state)])
    return row


def move(
    record: ReceptionRecord, action: Action, *, by: Any, detail: dict[str, Any] | None = None, **fields: Any
) -> None:
    """Write `fields` and the next state of a locked row, and the trail entry. Never words or names."""
    before = State(record.state)
    after = next_state(action, before)
    if after is None:
        raise Refused(_("这条记录现在不能办理这一步。"))
    for name, value in fields.items():
        setattr(record, name, value)
    record.state = after.value
    if after is not before:
        record.decided_at = timezone.now()
    record.save()
    record_step(
        subject_kind=SUBJECT_KIND, subject_key=record.number, verb=action, actor=by, capacity="staff",
        from_state=before, to_state=after, detail=detail,
    )  # fmt: skip


def words(text: str, length: int, missing: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(missing)
    if len(text) > length:
        raise Refused(_("不能超过%d字。") % length)
    return text
