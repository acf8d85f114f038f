"""The queue as a file. Cells are text: nothing a spreadsheet could run, whatever was typed."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from defusedcsv import csv
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from portal.tables.exports import BOM, heading_of, moment, safe_cell

from .models import Review
from .registry import owner_of

Row = Sequence[str]


def headings() -> Row:
    return (
        _("受理编号"), _("类型"), _("区划代码"), _("区划"), _("审核状态"), _("保密件"), _("公开标题"), _("公开文本"),
        heading_of(_("送审时间"), holds_moments=True), _("领取人"), _("审核人"),
        heading_of(_("审核时间"), holds_moments=True), _("理由"),
    )  # fmt: skip


def row_of(review: Review) -> Row:
    """Masked text only: the original does not leave the house in a file."""
    return (
        review.subject_key,
        owner_of(review.kind).label,
        review.division.code or "",
        str(review.division),
        str(review.get_state_display()),
        _("是") if review.is_confidential else _("否"),
        "" if review.is_confidential else review.public_title,
        "" if review.is_confidential else review.public_body,
        moment(review.submitted_at),
        str(review.claimed_by or ""),
        str(review.decided_by or ""),
        moment(review.decided_at) if review.decided_at else "",
        "" if review.is_confidential else review.reason,
    )


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def csv_response(rows: Iterable[Row], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    return _as_private_file(response, f"{name}.csv")


def xlsx_response(rows: Iterable[Row], name: str) -> FileResponse:
    """Every cell is of type string, so the text stays as it was typed and is never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("待审"))
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _as_private_file(FileResponse(buffer, content_type=kind), f"{name}.xlsx")


def _text_cell(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text)[:32000])
    cell.data_type = "s"
    return cell


def _as_private_file(response: Any, name: str) -> Any:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
