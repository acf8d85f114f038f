"""台账 as staff keep it on paper: one row per matter, as a workbook, as CSV and for the print page.

Cells are text: nothing a spreadsheet could run, whatever was typed (participation.moderation.exports).
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from participation.moderation.exports import csv_response

from ..selectors.sheet import SheetRow

WIDTHS = (6, 34, 14, 20, 12, 13, 13, 44, 12, 13)
CELL_LENGTH = 32_000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class SheetHead:
    """表头: who reports, and when."""

    title: str
    reporting_unit: str
    filled_by: str
    checked_by: str
    on: str

    def line(self) -> tuple[tuple[str, str], ...]:
        return (
            (_("填报单位"), self.reporting_unit),
            (_("填报人"), self.filled_by),
            (_("审核人"), self.checked_by),
            (_("日期"), self.on),
        )


def headings() -> tuple[str, ...]:
    """The columns that staff keep today, in their order."""
    return (
        _("序号"), _("事项"), _("来源"), _("承办单位"), _("责任人"), _("交办时间"), _("办结时限"), _("办理情况"),
        _("满意度"), _("销号时间"),
    )  # fmt: skip


def cells_of(number: int, row: SheetRow) -> tuple[str, ...]:
    return (
        str(number), row.title, row.source, row.unit, row.owner_name, row.assigned_on, row.due_on, row.progress,
        row.rating, row.closed_off_on,
    )  # fmt: skip


def table(rows: Sequence[SheetRow]) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows, 1):
        yield cells_of(number, row)


def ledger_csv(head: SheetHead, rows: Sequence[SheetRow]) -> StreamingHttpResponse:
    lines = [(head.title,), tuple(f"{label}：{value}" for label, value in head.line()), headings(), *table(rows)]
    return csv_response(lines, _file_name())


def ledger_xlsx(head: SheetHead, rows: Sequence[SheetRow], paper: str) -> FileResponse:
    """A4 or A3 landscape; the head of the table repeats on every page."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = _("台账")
    columns = len(WIDTHS)
    _write(sheet, 1, 1, head.title, Font(bold=True, size=16), Alignment(horizontal="center", vertical="center"))
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    for (label, value), (first, last) in zip(head.line(), ((1, 3), (4, 5), (6, 7), (8, 10)), strict=True):
        _write(sheet, 2, first, f"{label}：{value}", Font(size=11), Alignment(vertical="center"))
        sheet.merge_cells(start_row=2, start_column=first, end_row=2, end_column=last)
    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for column, words in enumerate(headings(), 1):
        _write(sheet, 3, column, words, Font(bold=True, size=11), middle, border)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[column - 1]
    text = Alignment(vertical="center", wrap_text=True)
    for line, cells in enumerate(table(rows), 4):
        for column, words in enumerate(cells, 1):
            alignment = text if column in {2, 8} else middle
            _write(sheet, line, column, words, Font(size=10.5), alignment, border)
    sheet.print_title_rows = "3:3"
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8 if paper == "a3" else 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    response = FileResponse(buffer, content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{_file_name()}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _write(sheet: Worksheet, row: int, column: int, words: str, font: Any, alignment: Any, border: Any = None) -> None:
    """Always of type string: what was typed is never a formula."""
    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)[:CELL_LENGTH]
    cell.data_type = "s"
    cell.font, cell.alignment = font, alignment
    if border is not None:
        cell.border = border


def _file_name() -> str:
    return f"ledger-{timezone.localdate():%Y%m%d}"
