"""公布: what the station head has approved, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.trail.services import record_all

from .. import notifications
from ..models import ReceptionSession
from ..permissions import user_can_plan_receptions
from ..rules.planning import NOTICE_DAYS, is_short_notice
from ..selectors.places import Desk
from ..states import Action, Status
from .clashing import clashes_of_sessions, refuse_clashes
from .moves import SUBJECT_KIND, lock_desk


@dataclass(frozen=True)
class Published:
    count: int
    late: int  # less than three days ahead


def _rows(desk: Desk, year: int, month: int) -> Any:
    rows = ReceptionSession.objects.select_for_update(of=("self",)).planned().in_month(year, month)
    return rows.filter(station__in=[row.pk for row in desk.stations])


def plan_clashes(*, desk: Desk, year: int, month: int) -> list[str]:
    """What of the month's plan is in two places, or takes a place or a time that is taken."""
    rows = ReceptionSession.objects.planned().in_month(year, month).filter(station__in=[s.pk for s in desk.stations])
    return [str(each) for each in clashes_of_sessions(rows.for_list())]


def publish_warnings(*, desk: Desk, year: int, month: int) -> list[str]:
    """What to know before publishing; none of it stops anybody."""
    rows = list(ReceptionSession.objects.planned().in_month(year, month).filter(
        station__in=[row.pk for row in desk.stations], approved_at__isnull=False).for_list())  # fmt: skip
    today = timezone.localdate()
    words = []
    if late := [row for row in rows if is_short_notice(row.date, today)]:
        words.append(_("%(count)d场距接待不足%(days)d天，一般应提前%(days)d天公布。") % {
            "count": len(late), "days": NOTICE_DAYS})  # fmt: skip
    if without := [row for row in rows if not row.theme]:
        words.append(_("%d场没有写明进站履职主题。") % len(without))
    if empty := [row for row in rows if not row.host_rows.all()]:
        words.append(_("%d场还没有安排接待代表。") % len(empty))
    return words


@transaction.atomic
def publish_month(*, desk: Desk, year: int, month: int, by: Any) -> Published:
    """公布: what was approved and is still to come. A session without deputies stays a plan; nobody is published in
    two places."""
    if not user_can_plan_receptions(by, desk.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    lock_desk(desk.division)
    today = timezone.localdate()
    approved = _rows(desk, year, month).filter(approved_at__isnull=False, date__gte=today)
    rows: Sequence[ReceptionSession] = [row for row in approved.for_list() if row.host_rows.all()]
    if not rows:
        raise Refused(_("没有可以公布的场次：先由站长批准，并安排好接待代表。"))
    refuse_clashes(clashes_of_sessions(rows), accepts_doubts=True)
    now = timezone.now()
    for row in rows:
        row.status, row.published_at, row.changed_at = Status.PUBLISHED.value, now, now
    ReceptionSession.objects.bulk_update(rows, ["status", "published_at", "changed_at"])
    _record(rows, Action.PUBLISH, by, Status.PUBLISHED)
    notifications.duties_published(rows)
    notifications.month_published(desk, rows, by)
    return Published(len(rows), sum(is_short_notice(row.date, today) for row in rows))


def _record(rows: Sequence[ReceptionSession], action: Action, by: Any, to: Status) -> None:
    record_all(
        {
            "subject_kind": SUBJECT_KIND, "subject_key": row.key, "verb": action, "actor": by, "capacity": "staff",
            "from_state": Status.PLANNED, "to_state": to, "detail": {"date": row.date.isoformat()},
        }
        for row in rows
    )  # fmt: skip
