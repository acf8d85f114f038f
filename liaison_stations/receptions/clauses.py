"""X27 to X31, X33, X51 to X53: what the month plan and the held sessions say of the duties of a station."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.jurisdictions.clauses import Finding, Verdict
from portal.jurisdictions.models import Division

from .models import DocumentKind, ReceptionSession, SessionGuest
from .selectors.checking import month_check
from .selectors.counting import half_year_of
from .selectors.duties import (
    Attended,
    attendance_of_cadres,
    attendance_of_year,
    documents_missing,
    organ_guests_of,
    organ_visits_of,
    themed_of_half_year,
    trainings_of,
)
from .states import Status


def _url() -> str:
    return reverse("receptions_admin:index")


def _open(until: date, on: date) -> Verdict:
    """Before the period has ended nothing is missed: due."""
    return Verdict.NOT_MET if on > until else Verdict.DUE


def documents_kept(division: Division, on: date) -> list[Finding]:
    """X27: a plan every year, rules of duty once."""
    missing = documents_missing(division, on)
    has_plan, has_rules = DocumentKind.PLAN not in missing, DocumentKind.RULES not in missing
    plan = _("本年度活动计划已登记") if has_plan else _("本年度活动计划还没有登记")
    rules = _("进站操作细则已登记") if has_rules else _("进站操作细则还没有登记")
    return [
        Finding(Verdict.MET if has_plan else Verdict.DUE, plan, _url()),
        Finding(Verdict.MET if has_rules else Verdict.DUE, rules, _url()),
    ]


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
    count, wanted = themed_of_half_year(division, on)
    if not wanted:
        return [Finding(Verdict.NOT_APPLICABLE, _("口径没有规定次数"))]
    _since, until = half_year_of(on.year, on.month)
    words = _("本半年集中进站主题活动%(count)d/%(wanted)d次") % {"count": count, "wanted": wanted}
    return [Finding(Verdict.MET if count >= wanted else _open(until, on), words, _url())]


def _each_deputy(rows: list[Attended], until: date, on: date) -> Finding:
    wanted = rows[0].wanted
    missing = [row.deputy.name for row in rows if not row.is_met]
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
    rows = attendance_of_year(division, on)
    if not rows or not rows[0].wanted:
        return [Finding(Verdict.NOT_APPLICABLE, _("没有可核对的代表，或者口径没有规定次数"))]
    return [_each_deputy(rows, date(on.year, 12, 31), on)]


def cadres_listened(division: Division, on: date) -> list[Finding]:
    """X31: leading cadres, each half-year."""
    rows = attendance_of_cadres(division, on)
    if not rows or not rows[0].wanted:
        return [Finding(Verdict.NOT_APPLICABLE, _("没有领导干部代表，或者口径没有规定次数"))]
    return [_each_deputy(rows, half_year_of(on.year, on.month)[1], on)]


def themes_stated(division: Division, on: date) -> list[Finding]:
    """X33: a session has a theme."""
    rows = ReceptionSession.objects.in_division(division).in_month(on.year, on.month).public()
    total, without = rows.count(), rows.filter(theme="").count()
    if not total:
        return [Finding(Verdict.NOT_APPLICABLE, _("本月还没有公布接待"))]
    words = _("本月%(total)d场，%(without)d场没有写明主题") % {"total": total, "without": without}
    return [Finding(Verdict.DUE if without else Verdict.MET, words, _url())]


def heads_trained(division: Division, on: date) -> list[Finding]:
    """X51: once a year."""
    count = trainings_of(division, on.year).filter(date__lte=on).count()
    words = _("本年度负责人业务培训%d次") % count
    return [Finding(Verdict.MET if count else Verdict.DUE, words, _url())]


def organs_came(division: Division, on: date) -> list[Finding]:
    """X52, for information: no number is asked for."""
    logged = organ_visits_of(division, on.year).filter(date__lte=on).count()
    guests = organ_guests_of(division, on.year).count()
    if not (logged or guests):
        return [Finding(Verdict.DUE, _("本年度还没有国家机关工作人员进站的登记"), _url())]
    words = _("本年度国家机关工作人员进站登记%(logged)d次，另有%(guests)d人次随接待到站")
    return [Finding(Verdict.MET, words % {"logged": logged, "guests": guests}, _url())]


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
    "X51": heads_trained,
    "X52": organs_came,
    "X53": guests_came,
}
