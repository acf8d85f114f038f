"""提请站长批准, 站长批准, 退回: each step tells the other side once."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.trail.services import record_all

from .. import notifications
from ..models import MonthPlan, ReceptionSession
from ..permissions import user_can_approve_receptions, user_can_plan_receptions
from ..selectors.places import Desk
from ..states import Action, Status
from .moves import SUBJECT_KIND, lock_desk, required


@transaction.atomic
def submit_month(*, desk: Desk, year: int, month: int, by: Any) -> int:
    """提请批准: the station head is told what waits. Pressed again after a change, the head is told again."""
    if not user_can_plan_receptions(by, desk.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    plan = _plan(desk, year, month)
    rows = waiting_rows(desk, year, month)
    if plan.submitted_at is not None and max(row.changed_at for row in rows) <= plan.submitted_at:
        raise Refused(_("已经提请站长批准，请等站长办理。"))
    _step(plan, submitted_by=by, submitted_at=timezone.now(), returned_at=None, return_reason="")
    _record(rows, Action.SUBMIT, by)
    notifications.month_submitted(desk, plan, len(rows), by)
    return len(rows)


@transaction.atomic
def approve_month(*, desk: Desk, year: int, month: int, by: Any) -> int:
    """站长批准: every planned session of the month that was not approved as it stands now."""
    _may_decide(desk, by)
    plan = _plan(desk, year, month)
    rows = waiting_rows(desk, year, month)
    now = timezone.now()
    for row in rows:
        row.approved_by, row.approved_at, row.changed_at = by, now, now
    ReceptionSession.objects.bulk_update(rows, ["approved_by", "approved_at", "changed_at"])
    _step(plan, submitted_at=None, returned_at=None, return_reason="")
    _record(rows, Action.APPROVE, by)
    notifications.month_approved(desk, plan, len(rows), by)
    return len(rows)


@transaction.atomic
def return_month(*, desk: Desk, year: int, month: int, by: Any, reason: str) -> int:
    """退回修改: the plan stays as it is, with a reason for whoever plans."""
    _may_decide(desk, by)
    reason = required(reason, _("请写明退回的原因。"))
    plan = _plan(desk, year, month)
    rows = waiting_rows(desk, year, month)
    _step(plan, submitted_at=None, returned_at=timezone.now(), return_reason=reason)
    _record(rows, Action.RETURN, by, reason)
    notifications.month_returned(desk, plan, by)
    return len(rows)


def _may_decide(desk: Desk, by: Any) -> None:
    if not user_can_approve_receptions(by, desk.division):
        raise PermissionDenied(_("接待安排由站长（人大街道工委主任）批准。"))


def _plan(desk: Desk, year: int, month: int) -> MonthPlan:
    """Under the lock of the desk: one row however many press."""
    lock_desk(desk.division)
    return MonthPlan.objects.get_or_create(division=desk.division, year=year, month=month)[0]


def _step(plan: MonthPlan, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.turn += 1
    plan.save()


def waiting_rows(desk: Desk, year: int, month: int) -> list[ReceptionSession]:
    """Locked; what was not approved as it stands now."""
    rows = ReceptionSession.objects.select_for_update(of=("self",)).planned().in_month(year, month)
    found = list(rows.filter(station__in=[row.pk for row in desk.stations], approved_at__isnull=True))
    if not found:
        raise Refused(_("没有等待批准的场次。"))
    return found


def _record(rows: Sequence[ReceptionSession], action: Action, by: Any, reason: str = "") -> None:
    record_all(
        {
            "subject_kind": SUBJECT_KIND, "subject_key": row.key, "verb": action, "actor": by, "capacity": "staff",
            "from_state": Status.PLANNED, "to_state": Status.PLANNED, "reason": reason,
            "detail": {"date": row.date.isoformat()},
        }
        for row in rows
    )  # fmt: skip
