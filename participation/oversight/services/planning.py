"""From the plan to the session: plan, written report, meeting, or cancelled with a reason."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.filings.services import checked_paper
from participation.moderation.rules import Refused
from participation.moderation.services import require_reason
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.trail.services import record

from .. import notifications
from ..models import OfficeAppraisal
from ..permissions import user_can_manage_appraisal, works_for
from ..rules import can_be_appraised, session_fits
from ..selectors.process import because, refused_person
from ..states import Action, State
from .moves import SUBJECT_KIND, first_day_of, move, opened_for, past_day

TEXT_LENGTH = 20_000
REMIND_DAYS = 3


@dataclass(frozen=True)
class NewAppraisal:
    """What the committee plans; the matter is one of work, never a person."""

    division: Division
    unit: HandlingUnit
    year: int
    matter: str
    plan: str = ""
    report_due_on: date | None = None


@transaction.atomic
def plan_appraisal(new: NewAppraisal, *, by: Any) -> OfficeAppraisal:
    """列入计划; the unit is told by when its written report is due."""
    if not user_can_manage_appraisal(by, new.division):
        raise PermissionDenied(refused_person(Action.PLAN))
    fields = _checked(new, known_due=None)
    row = OfficeAppraisal.objects.create(division=new.division, created_by=by, **fields)
    record(
        subject_kind=SUBJECT_KIND, subject_key=str(row.pk), verb=Action.PLAN, actor=by, capacity="committee",
        to_state=row.state, detail={"unit": row.unit_id, "year": row.year},
    )  # fmt: skip
    if row.report_due_on is not None:
        notifications.report_wanted(row)
    return row


@transaction.atomic
def revise_plan(*, appraisal: OfficeAppraisal, by: Any, new: NewAppraisal) -> OfficeAppraisal:
    """While it is planned; the division stays."""
    row = opened_for(appraisal, by, Action.REVISE)
    before = row.report_due_on
    move(row, Action.REVISE, by=by, **_checked(new, known_due=before))
    if row.report_due_on is not None and row.report_due_on != before:
        notifications.report_wanted(row)
    return row


def _checked(new: NewAppraisal, *, known_due: date | None) -> dict[str, Any]:
    """`known_due` may lie behind: a plan revised later keeps its day."""
    if not can_be_appraised(new.unit.kind):
        raise Refused(because(_("评议的对象是街道办事处、职能部门和派驻街道工作机构，不能评议“%s”。") % new.unit.name))
    if not new.unit.is_active:
        raise Refused(_("该单位已停用。"))
    matter = new.matter.strip()
    if not matter:
        raise Refused(_("请填写评议内容。"))
    if len(matter) > 100 or len(new.plan) > TEXT_LENGTH:
        raise Refused(_("文字过长。"))
    if not 2000 <= new.year <= 2100:
        raise Refused(_("请填写年度，例如2026。"))
    due = new.report_due_on
    if due is not None and due != known_due and due < timezone.localdate():
        raise Refused(_("书面报告提交期限不能早于今天。"))
    return {
        "unit": new.unit, "year": new.year, "matter": matter, "plan": new.plan.strip(),
        "report_due_on": due,
    }  # fmt: skip


@transaction.atomic
def submit_report(
    *, appraisal: OfficeAppraisal, by: Any, text: str, upload: UploadedFile | None = None, on: date | None = None
) -> OfficeAppraisal:
    """The unit's written report, text or PDF or both; by the committee it is 由工委代录. Not public yet."""
    row = opened_for(appraisal, by, Action.SUBMIT_REPORT)
    text = text.strip()
    if not text and not upload and not row.report_file:
        raise Refused(_("请填写书面报告正文，或者上传PDF文件。"))
    if len(text) > TEXT_LENGTH:
        raise Refused(_("不能超过%d字。") % TEXT_LENGTH)
    day = past_day(on, first_day_of(row))
    is_proxy = not works_for(by, row.unit)
    if upload:
        paper = checked_paper(upload, is_pdf_only=True)
        row.report_file.save(str(paper.name), paper, save=False)
    move(
        row, Action.SUBMIT_REPORT, by=by, capacity="proxy" if is_proxy else "unit", report_text=text, report_on=day,
        is_report_proxy=is_proxy, detail={"has_file": bool(row.report_file)},
    )  # fmt: skip
    return row


@transaction.atomic
def publish_report(*, appraisal: OfficeAppraisal, by: Any) -> OfficeAppraisal:
    """公开书面报告: from now on the appraisal has its public page."""
    row = opened_for(appraisal, by, Action.PUBLISH_REPORT)
    if not row.has_report:
        raise Refused(because(_("被评议单位还没有提交书面报告，不能公开。")))
    move(row, Action.PUBLISH_REPORT, by=by, published_at=timezone.now())
    return row


@transaction.atomic
def hold_meeting(
    *,
    appraisal: OfficeAppraisal,
    by: Any,
    on: date | None,
    place: str,
    chair: str,
    expected: int,
    attended: int,
) -> OfficeAppraisal:
    """评议会议: day, place, who presided in words of capacity, and counts. Who attended is not kept."""
    row = opened_for(appraisal, by, Action.HOLD_MEETING)
    day = past_day(on, row.report_on)
    if not place.strip() or not chair.strip():
        raise Refused(_("请填写会议地点和主持人职务。"))
    if not session_fits(expected=expected, attended=attended):
        raise Refused(_("实到人数应在1和应到人数之间。"))
    move(
        row, Action.HOLD_MEETING, by=by, held_on=day, place=place.strip()[:80], chair=chair.strip()[:60],
        expected=expected, attended=attended, detail={"on": day.isoformat()},
    )  # fmt: skip
    return row


@transaction.atomic
def cancel_appraisal(*, appraisal: OfficeAppraisal, by: Any, reason: str) -> OfficeAppraisal:
    """Before the rating opens, with a reason; where the report was public, so is the reason."""
    row = opened_for(appraisal, by, Action.CANCEL)
    reason = require_reason(reason, _("请填写取消的理由。"))[:200]
    move(row, Action.CANCEL, by=by, reason=reason, cancel_reason=reason, cancelled_on=timezone.localdate())
    return row


def remind_due_reports(today: date | None = None) -> int:
    """Tell units whose written report is due within three days, or over; each once. How many were looked at."""
    day = today or timezone.localdate()
    rows = OfficeAppraisal.objects.filter(
        state=State.PLANNED.value, report_text="", report_file="", report_due_on__lte=day + timedelta(days=REMIND_DAYS)
    )
    found = list(rows.select_related("unit", "division", "round"))
    for row in found:
        notifications.report_wanted(row, "report_due")
    return len(found)
