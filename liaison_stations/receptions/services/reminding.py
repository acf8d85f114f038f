"""Reminders by the calendar, each once per place and period: the outbox keeps the event, so that a second run, or one
beside it, tells nobody."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from liaison_stations.stations.models import LiaisonStation
from portal.jurisdictions.clauses import clauses_binding
from portal.jurisdictions.models import Division

from .. import notifications
from ..models import DocumentKind
from ..selectors.checking import month_check
from ..selectors.duties import (
    attendance_of_cadres,
    attendance_of_year,
    documents_missing,
    themed_of_half_year,
    trainings_of,
)
from ..selectors.places import MAIN, place_of

FROM_DAY = 20
JANUARY, FROM_SEPTEMBER = 1, 9
BEFORE_HALF_YEARS = (5, 11)


def _main_stations() -> list[LiaisonStation]:
    return list(LiaisonStation.objects.filter(kind=MAIN, live=True).select_related("division").order_by("pk"))


def remind_of_month(today: date | None = None) -> int:
    """每月20日: only where the scheme is confirmed and the month is not met yet. How many places were reminded now."""
    day = today or timezone.localdate()
    if day.day < FROM_DAY:
        return 0
    told = 0
    for station in _main_stations():
        check = month_check(place_of(station), day.year, day.month)
        if check is not None and check.is_confirmed and not check.is_met:
            told += notifications.month_not_met(station, check) > 0
    return told


def remind_of_duties(today: date | None = None) -> int:
    """X27 in January, X29 and X31 in May and November, X30 and X51 from September; only where the document binds.
    How many people were told now."""
    day = today or timezone.localdate()
    if day.month != JANUARY and day.month not in BEFORE_HALF_YEARS and day.month < FROM_SEPTEMBER:
        return 0
    bound: dict[int, frozenset[str]] = {}
    told = 0
    for station in _main_stations():
        place = place_of(station)
        if place.pk not in bound:
            bound[place.pk] = frozenset(clause.id for clause in clauses_binding(place, day))
        told += _remind(station, place, bound[place.pk], day)
    return told


def _remind(station: LiaisonStation, place: Division, bound: frozenset[str], day: date) -> int:
    told = 0
    if day.month == JANUARY and "X27" in bound:
        told += _documents(station, place, day)
    if day.month in BEFORE_HALF_YEARS:
        if "X29" in bound:
            told += _themed(station, place, day)
        if "X31" in bound:
            told += _cadres(station, place, day)
    if day.month >= FROM_SEPTEMBER:
        if "X30" in bound:
            told += _year(station, place, day)
        if "X51" in bound and not trainings_of(place, day.year).exists():
            told += notifications.duty_due(station, "X51", str(day.year), [_("本年度还没有登记联络站负责人业务培训。")])
    return told


def _documents(station: LiaisonStation, place: Division, day: date) -> int:
    missing = documents_missing(place, day)
    words = [_("%s还没有登记。") % DocumentKind(kind).label for kind in missing]
    return notifications.duty_due(station, "X27", str(day.year), words) if words else 0


def _themed(station: LiaisonStation, place: Division, day: date) -> int:
    held, wanted = themed_of_half_year(place, day)
    if held >= wanted:
        return 0
    words = _("本半年集中进站主题活动%(held)d次，要求%(wanted)d次。") % {"held": held, "wanted": wanted}
    return notifications.duty_due(station, "X29", f"{day:%Y-%m}", [words])


def _cadres(station: LiaisonStation, place: Division, day: date) -> int:
    missing = [row for row in attendance_of_cadres(place, day) if not row.is_met]
    if not missing:
        return 0
    period = f"{day:%Y-%m}"
    words = _("%d名领导干部代表本半年还没有进站听取意见。") % len(missing)
    told = notifications.duty_due(station, "X31", period, [words])
    return told + sum(
        notifications.own_receptions_due(row.deputy, "X31", period, row.came, row.wanted) for row in missing
    )


def _year(station: LiaisonStation, place: Division, day: date) -> int:
    """Staff once a month from September on while somebody is missing; each deputy once a year."""
    missing = [row for row in attendance_of_year(place, day) if not row.is_met]
    if not missing:
        return 0
    words = _("%d名代表本年度进站接待还不够次数。") % len(missing)
    told = notifications.duty_due(station, "X30", f"{day:%Y-%m}", [words])
    return told + sum(
        notifications.own_receptions_due(row.deputy, "X30", str(day.year), row.came, row.wanted) for row in missing
    )
