"""The month check “3/4”: held sessions as facts, counted by the scheme in force on the month's last day."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.jurisdictions.models import Division

from ..models import ReceptionSession
from ..rules.scheme import Checked, Session, check_month
from .places import MAIN
from .schemes import SchemeInForce, scheme_in_force


@dataclass(frozen=True)
class MonthCheck:
    """`verdict` is 口径待确认 until the scheme is confirmed: then nothing is yellow and nobody is reminded."""

    scheme: SchemeInForce
    lines: list[Checked]
    year: int
    month: int

    @property
    def is_confirmed(self) -> bool:
        return self.scheme.is_confirmed

    @property
    def is_met(self) -> bool:
        return all(line.is_met for line in self.lines)


def facts_of(sessions: Iterable[ReceptionSession]) -> list[Session]:
    """Rows of `for_list()`, held ones; who did not come is no fact."""
    return [
        Session(
            key=row.key,
            station=str(row.station_id),
            is_main=row.station.kind == MAIN,
            day=row.date,
            planned_day=row.planned_on,
            hosts=tuple(host.roles for host in row.host_rows.all() if host.attended),
            guests=tuple(guest.roles for guest in row.guest_rows.all() if guest.attended),
            theme=row.theme,
            tasks=tuple(row.tasks),
        )
        for row in sessions
    ]


def month_check(division: Division, year: int, month: int) -> MonthCheck | None:
    """None where no scheme holds."""
    last = date(year, month, calendar.monthrange(year, month)[1])
    scheme = scheme_in_force(division, last)
    if scheme is None:
        return None
    held = ReceptionSession.objects.held().in_division(division).in_month(year, month).for_list()
    return MonthCheck(scheme, check_month(scheme.requirements, facts_of(held)), year, month)
