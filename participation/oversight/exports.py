"""The list of appraisals as a workbook: cells are text, nothing a spreadsheet could run."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse
from django.utils.translation import gettext as _

from participation.filings.models import Recipient
from participation.moderation.exports import xlsx_response

from .models import OfficeAppraisal
from .rules import DISPATCHES
from .selectors import result_for_staff


def appraisals_xlsx(rows: Iterable[OfficeAppraisal]) -> FileResponse:
    """`rows` with unit, division, round and dispatches; for who may see the counts."""
    return xlsx_response(_table(rows), "appraisals")


def _table(rows: Iterable[OfficeAppraisal]) -> Iterator[tuple[str, ...]]:
    labels = dict(Recipient.choices)
    yield (
        _("年度"), _("区划"), _("被评议单位"), _("评议内容"), _("状态"), _("会议日期"), _("名册人数"), _("满意"),
        _("基本满意"), _("不满意"), _("等次"), *(str(labels[each]) for each in DISPATCHES), _("归档日期"),
    )  # fmt: skip
    for row in rows:
        result = result_for_staff(row)
        counts = ["", "", "", ""]
        if result is not None and result.is_enough:
            tally = result.tally
            counts = [str(each) for each in (tally.invited, tally.satisfied, tally.basically, tally.dissatisfied)]
        label = (result.label if result.is_enough else _("样本不足")) if result else ""
        sent = {dispatch.recipient: dispatch.filing.sent_on.isoformat() for dispatch in row.dispatches.all()}
        yield (
            str(row.year), str(row.division), row.unit.name, row.matter, str(row.get_state_display()),
            row.held_on.isoformat() if row.held_on else "", *counts, label,
            *(sent.get(each, "") for each in DISPATCHES), row.archived_on.isoformat() if row.archived_on else "",
        )  # fmt: skip
