"""What a year asks of one place (X27, X29 to X31, X51, X52), for the screen, the clauses and the reminders."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from liaison_stations.deputies.models import Deputy
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import terms_in_force

from ..models import DocumentKind, HeadTraining, OrganVisit, SessionGuest, StationDocument
from ..states import Status
from .counting import half_year_of, receptions_attended, themed_activities


@dataclass(frozen=True)
class Attended:
    """How often one deputy came, against what is asked for; `wanted` 0 asks for nothing."""

    deputy: Deputy
    came: int
    wanted: int

    @property
    def is_met(self) -> bool:
        return self.came >= self.wanted


def deputies_of(division: Division, on: date) -> list[Deputy]:
    rows = Deputy.objects.in_office(on).filter(division__path__startswith=division.path)
    return list(rows.select_related("user").order_by("division__path", "pk"))


def attendance_of_year(division: Division, on: date) -> list[Attended]:
    """X30: every deputy, in the year until its end; receptions at other stations count."""
    wanted = int(terms_in_force(division, on)["receptions_year_min"] or 0)
    return _attended(deputies_of(division, on), wanted, date(on.year, 1, 1), date(on.year, 12, 31))


def attendance_of_cadres(division: Division, on: date) -> list[Attended]:
    """X31: leading cadres, in the half-year."""
    wanted = int(terms_in_force(division, on)["cadre_hearings_half_year"] or 0)
    rows = [row for row in deputies_of(division, on) if row.is_leading_cadre]
    return _attended(rows, wanted, *half_year_of(on.year, on.month))


def _attended(rows: list[Deputy], wanted: int, since: date, until: date) -> list[Attended]:
    came = receptions_attended([row.pk for row in rows], since, until)
    return [Attended(row, came.get(row.pk, 0), wanted) for row in rows]


def themed_of_half_year(division: Division, on: date) -> tuple[int, int]:
    """X29: how many were held, how many are asked for."""
    wanted = int(terms_in_force(division, on)["themed_activities_half_year"] or 0)
    return themed_activities(division, *half_year_of(on.year, on.month)), wanted


def documents_missing(division: Division, on: date) -> list[str]:
    """X27: kinds, as `DocumentKind` has them: the plan of the year, rules of duty of this year or before."""
    rows = StationDocument.objects.filter(division=division)
    has_plan = rows.filter(kind=DocumentKind.PLAN, year=on.year).exists()
    has_rules = rows.filter(kind=DocumentKind.RULES, year__lte=on.year).exists()
    return [*([] if has_plan else [DocumentKind.PLAN.value]), *([] if has_rules else [DocumentKind.RULES.value])]


def trainings_of(division: Division, year: int) -> Any:
    """X51: what was logged for the stations of this place."""
    return HeadTraining.objects.filter(division=division, date__year=year)


def organ_visits_of(division: Division, year: int) -> Any:
    """X52: what was logged."""
    rows = OrganVisit.objects.filter(station__division__path__startswith=division.path, date__year=year)
    return rows.select_related("station", "session")


def organ_guests_of(division: Division, year: int) -> Any:
    """X52: state-organ staff who came to a held reception that has no entry of its own in the log."""
    rows = SessionGuest.objects.filter(
        session__status=Status.HELD.value, session__date__year=year, attended=True, role__is_state_organ=True,
        session__station__division__path__startswith=division.path, session__organ_visits=None,
    )  # fmt: skip
    return rows.select_related("role", "session__station").order_by("-session__date", "-pk")
