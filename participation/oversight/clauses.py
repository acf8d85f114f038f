"""X12, X47: whether results went where they must, and whether there were appraisals at all."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.filings.models import Recipient
from portal.jurisdictions.clauses import Finding, Verdict
from portal.jurisdictions.models import Division

from .models import OfficeAppraisal
from .rules import missing_dispatches
from .states import State


def results_dispatched(division: Division, on: date) -> list[Finding]:
    """X12: one finding per appraisal of the year whose result is confirmed."""
    rows = OfficeAppraisal.objects.in_division(division).filter(year=on.year, confirmed_on__lte=on)
    labels, found = dict(Recipient.choices), []
    for row in rows.select_related("unit", "division").prefetch_related("dispatches").order_by("pk"):
        missing = missing_dispatches(dispatch.recipient for dispatch in row.dispatches.all())
        words = {"title": row.title, "bodies": "、".join(str(labels[each]) for each in missing)}
        message = _("%(title)s：尚未报送%(bodies)s") if missing else _("%(title)s：三处已报送")
        url = reverse("oversight_admin:appraisal", args=[row.pk])
        found.append(Finding(Verdict.DUE if missing else Verdict.MET, message % words, url))
    return found or [Finding(Verdict.NOT_APPLICABLE, _("本年度没有已确认的工作评议结果"))]


def appraisals_held(division: Division, on: date) -> list[Finding]:
    """X47: “可对……开展评议”; none is no fault."""
    rows = OfficeAppraisal.objects.in_division(division).filter(year=on.year).exclude(state=State.CANCELLED.value)
    count = rows.count()
    if not count:
        return [Finding(Verdict.NOT_APPLICABLE, _("可以开展；本年度没有列入计划"))]
    return [Finding(Verdict.MET, _("本年度工作评议%d项") % count, reverse("oversight_admin:index"))]
