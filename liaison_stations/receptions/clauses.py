"""X27 to X31, X33, X53: what the month plan and the held sessions say of the duties of a station."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from portal.jurisdictions.clauses import Finding, Verdict
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import terms_in_force

from .models import DocumentKind, ReceptionSession, SessionGuest, StationDocument
from .selectors.checking import month_check
from .selectors.counting import half_year_of, receptions_attended, themed_activities
from .states import Status


def _url() -> str:
    return reverse("receptions_admin:index")


def _open(until: date, on: date) -> Verdict:
    """Before the period has ended nothing is missed: due."""
    return Verdict.NOT_MET if on > until else Verdict.DUE


def documents_kept(division: Division, on: date) -> list[Finding]:
    """X27: a plan every year, rules of duty once."""
    rows = StationDocument.objects.filter(division=division)
    found = []
    has_plan = rows.filter(kind=DocumentKind.PLAN, year=on.year).exists()
    words = _("本年度活动计划已登记") if has_plan else _("本年度活动计划还没有登记")
    found.append(Finding(Verdict.MET if has_plan else Verdict.DUE, words, _url()))
    has_rules = rows.filter(kind=DocumentKind.RULES, year__lte=on.year).exists()
    words = _("进站操作细则已登记") if has_rules else _("进站操作细则还没有登记")
    return [*found, Finding(Verdict.MET if has_rules else Verdict.DUE, words, _url())]


def month_kept(division: Division, on: date) -> list[Finding]:
    """X28: as the scheme counts, and without a colour until its reading is confirmed."""
    check = month_check(division, on.year, on.month)
    if check is None:
        return [Finding(Verdict.NOT_APPLICABLE, _("没有登记接待机制"))]
    counts = "，".join(f"{line.requirement.name}{line}" for line in check.lines)
    if not check.is_confirmed:
        return [Finding(Verdict.UNCONFIRMED, _("口径待确认：%s") % counts, _url())]
    return [Finding(Verdict.MET if check.is_met else Verdict.DUE, counts, _url())]


def activities_held(division: Division, on: date) -> list[Finding]:
    """X29: a themed activity in each half-year."""
    wanted = terms_in_force(division, on)["themed_activities_half_year"]
    if not wanted:
        return [Finding(Verdict.NOT_APPLICABLE, _("口径没有规定次数"))]
    since, until = half_year_of(on.year, on.month)
    count = themed_activities(division, since, until)
    words = _("本半年集中进站主题活动%(count)d/%(wanted)d次") % {"count": count, "wanted": wanted}
    return [Finding(Verdict.MET if count >= wanted else _open(until, on), words, _url())]


def _deputies(division: Division, on: date) -> list[Deputy]:
    return list(Deputy.objects.in_office(on).filter(division__path__startswith=division.path))


def _each_deputy(division: Division, rows: list[Deputy], wanted: int, since: date, until: date, on: date) -> Finding:
    came = receptions_attended([row.pk for row in rows], since, until)
    missing = [row.name for row in rows if came.get(row.pk, 0) < wanted]
    if not missing:
        return Finding(
            Verdict.MET, _("%(count)d名代表都已达到%(wanted)d次") % {"count": len(rows), "wanted": wanted}, _url()
        )
    words = _("%(count)d名代表中%(missing)d名未到%(wanted)d次：%(names)s") % {
        "count": len(rows), "missing": len(missing), "wanted": wanted, "names": "、".join(missing[:10]),
    }  # fmt: skip
    return Finding(_open(until, on), words, _url())


def deputies_received(division: Division, on: date) -> list[Finding]:
    """X30: each deputy, each year; receptions at other stations count."""
    wanted = terms_in_force(division, on)["receptions_year_min"]
    rows = _deputies(division, on)
    if not wanted or not rows:
        return [Finding(Verdict.NOT_APPLICABLE, _("没有可核对的代表，或者口径没有规定次数"))]
    return [_each_deputy(division, rows, wanted, date(on.year, 1, 1), date(on.year, 12, 31), on)]


def cadres_listened(division: Division, on: date) -> list[Finding]:
    """X31: leading cadres, each half-year."""
    wanted = terms_in_force(division, on)["cadre_hearings_half_year"]
    rows = [row for row in _deputies(division, on) if row.is_leading_cadre]
    if not wanted or not rows:
        return [Finding(Verdict.NOT_APPLICABLE, _("没有领导干部代表，或者口径没有规定次数"))]
    return [_each_deputy(division, rows, wanted, *half_year_of(on.year, on.month), on)]


def themes_stated(division: Division, on: date) -> list[Finding]:
    """X33: a session has a theme."""
    rows = ReceptionSession.objects.in_division(division).in_month(on.year, on.month).public()
    total, without = rows.count(), rows.filter(theme="").count()
    if not total:
        return [Finding(Verdict.NOT_APPLICABLE, _("本月还没有公布接待"))]
    words = _("本月%(total)d场，%(without)d场没有写明主题") % {"total": total, "without": without}
    return [Finding(Verdict.DUE if without else Verdict.MET, words, _url())]


def guests_came(division: Division, on: date) -> list[Finding]:
    """X53, soft: legal professionals with the deputies; which the slogan means is not confirmed."""
    came = SessionGuest.objects.filter(
        session__status=Status.HELD.value, session__date__year=on.year, attended=True,
        session__station__division__path__startswith=division.path, role__is_state_organ=False,
    ).count()  # fmt: skip
    return [Finding(Verdict.UNCONFIRMED, _("口径待确认：本年度同步到站%d人次") % came, _url())]


EVALUATORS: dict[str, Callable[[Division, date], list[Finding]]] = {
    "X27": documents_kept,
    "X28": month_kept,
    "X29": activities_held,
    "X30": deputies_received,
    "X31": cadres_listened,
    "X33": themes_stated,
    "X53": guests_came,
}
