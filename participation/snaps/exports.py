"""The list as a workbook, for handing over to 12345: cells are text, nothing a spreadsheet could run."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse
from django.utils.translation import gettext as _

from participation.moderation.exports import xlsx_response
from portal.tables.exports import heading_of, moment

from .models import SnapReport


def snaps_xlsx(rows: Iterable[SnapReport]) -> FileResponse:
    """Masked words only: the original does not leave the house in a file, nor does a person."""
    return xlsx_response(_table(rows), "snaps")


def _table(rows: Iterable[SnapReport]) -> Iterator[tuple[str, ...]]:
    yield (
        _("编号"), _("区划代码"), _("区划"), _("地点"), _("说明"), _("类别"), _("状态"), _("上报人身份"),
        heading_of(_("上报时间"), holds_moments=True), _("12345工单号"), _("反馈"), _("反馈日期"), _("台账编号"),
    )  # fmt: skip
    for row in rows:
        yield (
            row.number, row.division.code or "", str(row.division), row.review.public_title, row.review.public_body,
            str(row.get_category_display()), row.shown_state, str(row.get_capacity_display()),
            moment(row.captured_at), row.hotline_number, row.feedback,
            row.feedback_on.isoformat() if row.feedback_on else "",
            row.ledger_item.reference if row.ledger_item else "",
        )  # fmt: skip
