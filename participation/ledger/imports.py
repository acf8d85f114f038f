"""An .xlsx of an existing ledger opened with care: size, bombs, merged cells."""

import io
import zipfile
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from participation.moderation.rules import Refused

from .rules.paper_rows import MOST_ROWS, PaperLedger, read_paper

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MOST_COLUMNS = 60


def read_workbook(content: bytes, year: int) -> PaperLedger:
    """The first sheet. Refused when the file as a whole is of no use."""
    _check(content)
    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
        sheet = book.worksheets[0]
        height, width = min(sheet.max_row, MOST_ROWS + 50), min(sheet.max_column, MOST_COLUMNS)
        rows = sheet.iter_rows(max_row=height, max_col=width, values_only=True)
        grid: list[list[Any]] = [list(row) for row in rows]
        merged = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    except Exception as error:  # openpyxl raises many kinds on a broken file; none may become a 500
        raise Refused(_("表格文件已损坏，请重新导出或另存为 .xlsx。")) from error
    return read_paper(grid, _fill(grid, merged), year)


def _fill(grid: list[list[Any]], merged: list[tuple[int, int, int, int]]) -> frozenset[tuple[int, int]]:
    """Every cell of a merged area says what its first says; the ones below the first row are told."""
    continued = set()
    for top, left, bottom, right in merged:
        value = grid[top - 1][left - 1] if top <= len(grid) and left <= len(grid[top - 1]) else None
        for row in range(top - 1, min(bottom, len(grid))):
            for column in range(left - 1, min(right, len(grid[row]))):
                grid[row][column] = value
                if row > top - 1:
                    continued.add((row, column))
    return frozenset(continued)


def _check(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise Refused(_("文件超过%dMB，请拆分后再导入。") % (MAX_BYTES // 1024 // 1024))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise Refused(_("文件解开后过大，无法导入。"))
            if "xl/workbook.xml" not in archive.namelist():
                raise Refused(_("这不是 .xlsx 表格文件，请在表格软件里另存为 .xlsx 后再导入。"))
    except zipfile.BadZipFile as error:
        raise Refused(_("这不是 .xlsx 表格文件，请在表格软件里另存为 .xlsx 后再导入。")) from error
