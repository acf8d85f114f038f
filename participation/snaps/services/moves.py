"""What every transition does: lock and re-read, ask the table of moves, write, record, tell."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ledger.rules.happening import Happening
from participation.moderation.rules import Refused
from portal.trail.services import record

from .. import notifications
from ..models import STATE_LABELS, SnapReport
from ..notifications import SUBJECT_KIND
from ..states import Action, State, next_state

# nobody but the staff needs to hear of these
SILENT = frozenset(
    {Action.TAKE, Action.RELEASE, Action.CLASSIFY, Action.REDACT, Action.ADD_UNIT_PHOTOS, Action.HIDE, Action.RESTORE}
)


def locked(snap: SnapReport) -> SnapReport:
    """The row as it is now, locked until the transaction ends; always before its review and its ledger item."""
    rows = SnapReport.objects.select_for_update(of=("self",)).select_related(
        "division", "review", "ledger_item", "sender"
    )
    return rows.get(pk=snap.pk)


def require(snap: SnapReport, action: Action) -> State:
    state = next_state(action, State(snap.state))
    if state is None:
        raise Refused(_("该件当前为“%s”，不能进行此操作。") % STATE_LABELS[State(snap.state)])
    return state


def move(
    snap: SnapReport,
    action: Action,
    *,
    by: Any,
    capacity: str,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    **fields: Any,
) -> Happening:
    """Write `fields` and the next state of a locked row, the trail entry, the messages. Permissions were asked."""
    before, after = State(snap.state), require(snap, action)
    for name, value in fields.items():
        setattr(snap, name, value)
    if after != before:
        snap.state, snap.state_since = after, timezone.now()
    snap.save()
    entry = record(
        subject_kind=SUBJECT_KIND,
        subject_key=snap.number,
        verb=action,
        actor=by,
        capacity=capacity,
        from_state=before,
        to_state=after,
        reason=reason,
        detail=detail,
    )
    happening = Happening(key=entry.pk, verb=str(action), reason=reason)
    if action not in SILENT:
        notifications.snap_moved(snap, happening)
    return happening
