"""What waits for this person in their stations: plans to approve, plans sent back, receptions not entered yet."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.models import Division

from ..models import MonthPlan, ReceptionSession
from ..rules.rights import APPROVE, PLAN
from .places import main_stations, scope_of

PANELS: dict[str, str | Promise] = {
    "approve": _("等我批准的月份"),
    "returned": _("退回待改的月份"),
    "hold": _("待登记的接待"),
}
HOLD_DAYS, MOST = 62, 100


@dataclass(frozen=True)
class Figure:
    key: str
    label: str | Promise
    count: int


def _within(scope: list[Division] | None, field: str) -> Q:
    if scope is None:
        return Q()
    inside = Q(pk__in=[])
    for division in scope:
        inside |= Q(**{f"{field}__path__startswith": division.path})
    return inside


def plans_of(user: Any, panel: str) -> Any:
    """Months of the places where this person decides (`approve`) or plans (`returned`), with sessions that wait."""
    scope = scope_of(user, APPROVE if panel == "approve" else PLAN)
    rows = MonthPlan.objects.filter(_within(scope, "division")).select_related("division", "submitted_by")
    waiting = ReceptionSession.objects.planned().filter(
        approved_at=None, station__division__path__startswith=OuterRef("division__path"),
        date__year=OuterRef("year"), date__month=OuterRef("month"),
    )  # fmt: skip
    asked = Q(submitted_at__isnull=False) if panel == "approve" else Q(returned_at__isnull=False)
    return rows.filter(asked, Exists(waiting)).order_by("year", "month", "division__path")


def sessions_to_hold(user: Any) -> Any:
    """Public receptions whose day is over and that nobody entered yet."""
    today = timezone.localdate()
    rows = ReceptionSession.objects.in_divisions(scope_of(user, PLAN)).published()
    return rows.filter(date__lt=today, date__gte=today - timedelta(days=HOLD_DAYS)).select_related("station", "venue")


def task_counts(user: Any) -> list[Figure]:
    counts = {
        "approve": plans_of(user, "approve").count() if scope_of(user, APPROVE) != [] else None,
        "returned": plans_of(user, "returned").count(),
        "hold": sessions_to_hold(user).count(),
    }
    return [Figure(key, PANELS[key], count) for key, count in counts.items() if count is not None]


def main_stations_at(divisions: list[Division], user: Any) -> dict[int, int]:
    """division → its main station."""
    rows = main_stations(user).filter(division__in=divisions)
    return dict(rows.values_list("division", "pk"))
