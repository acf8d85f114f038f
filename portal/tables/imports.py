"""An uploaded .xlsx opened with care: what is none, what unpacks to a mountain, entities, merged cells; or a .csv."""

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .rules import decode

MAX_UNPACKED, MAX_PARTS, MAX_COLUMNS = 40 * 1024 * 1024, 500, 100
MAX_SHEET_ROWS = 20_000  # of any sheet, also of those behind the first, which nobody reads
ROOM = 10  # rows above the table: titles and the like
OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableWorkbook(Exception):
    """The file as a whole cannot be taken; the text is for the person who chose it."""


@dataclass(frozen=True)
class Grid:
    """The first sheet as it stands: a merged area has its value in every cell; `continued` are those of its cells
    (row, column, from 0) that lie below its first row; `formulas` are the cells whose formula has left no value."""

    cells: list[list[Any]]
    continued: frozenset[tuple[int, int]]
    formulas: frozenset[tuple[int, int]] = frozenset()


def why_unreadable(error: OSError) -> str:
    """Why the machine did not open a file, in Chinese."""
    if isinstance(error, FileNotFoundError):
        return _("没有这个文件")
    if isinstance(error, IsADirectoryError):
        return _("这是一个目录，不是文件")
    if isinstance(error, PermissionError):
        return _("没有读取的权限")
    return error.strerror or type(error).__name__


def read_grid(content: bytes, name: str = "", *, max_bytes: int, max_rows: int, is_cut: bool = False) -> Grid:
    """Raises UnreadableWorkbook. More than `max_rows` rows are refused, or with `is_cut` not read."""
    if name.lower().endswith((".xls", ".et")):
        raise UnreadableWorkbook(_("这是旧版 Excel 或 WPS 格式（.xls/.et）。请在表格软件里另存为 .xlsx 再上传。"))
    if len(content) > max_bytes:
        size = {"size": max_bytes // 1024 // 1024}
        raise UnreadableWorkbook(_("文件超过 %(size)d MB。请只保留需要导入的行，另存后再上传。") % size)
    has_formulas = _look_into(content, None if is_cut else max_rows + ROOM)
    try:
        sheet = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
        height, width = sheet.max_row, sheet.max_column
        if not is_cut and (height > max_rows + ROOM or width > MAX_COLUMNS):
            raise too_many_rows(max_rows)
        bottom, right = min(height, max_rows + 5 * ROOM), min(width, MAX_COLUMNS)
        cells = [list(row) for row in sheet.iter_rows(max_row=bottom, max_col=right, values_only=True)]
        formulas = _without_value(content, cells) if has_formulas else frozenset()
        merged = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    except UnreadableWorkbook:
        raise
    except Exception as error:  # openpyxl raises many kinds on a broken file; none may become a 500
        raise UnreadableWorkbook(_("文件已损坏，读不出来。请重新导出或另存为 .xlsx 再上传。")) from error
    return Grid(cells, _fill(cells, merged), formulas)


def read_cells(content: bytes, name: str = "", *, max_bytes: int, max_rows: int) -> Grid:
    """A workbook or a .csv, whatever the name says. Raises UnreadableWorkbook."""
    is_csv = not content.startswith((b"PK\x03\x04", OLD_FORMAT)) and not name.lower().endswith((".xls", ".et"))
    if not is_csv or len(content) > max_bytes:
        return read_grid(content, name, max_bytes=max_bytes, max_rows=max_rows)
    text = decode(content)
    if text is None:
        raise UnreadableWorkbook(_("读不出文字。请在表格软件里另存为 .xlsx 或者“CSV UTF-8（逗号分隔）”再上传。"))
    if not text.strip():
        raise UnreadableWorkbook(_("文件是空的。"))
    first_line = next(line for line in text.splitlines() if line.strip())
    delimiter = max(",;\t，", key=first_line.count)
    try:
        cells: list[list[Any]] = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableWorkbook(_("文件不是规范的 CSV，可能有没有配对的引号。")) from error
    if len(cells) > max_rows + ROOM or max(len(line) for line in cells) > MAX_COLUMNS:
        raise too_many_rows(max_rows)
    return Grid(cells, frozenset())


def _without_value(content: bytes, cells: list[list[Any]]) -> frozenset[tuple[int, int]]:
    written = load_workbook(io.BytesIO(content)).worksheets[0]
    return frozenset(
        (row, column)
        for row, line in enumerate(written.iter_rows(max_row=len(cells), max_col=len(cells[0]) if cells else 1))
        for column, cell in enumerate(line)
        if cell.data_type == "f" and cells[row][column] is None
    )


def too_many_rows(limit: int) -> UnreadableWorkbook:
    return UnreadableWorkbook(_("表格超过 %(limit)d 行。请分几次导入，并删去多余的空行空列。") % {"limit": limit})


def _look_into(content: bytes, most_rows: int | None) -> bool:
    """Refuse what is no .xlsx, what unpacks to a mountain, and XML with a document type (entities).

    Says whether a sheet has formulas.
    """
    has_formulas = False
    if content[:8] == OLD_FORMAT:
        raise UnreadableWorkbook(
            _("这是旧版 Excel 或 WPS 格式（.xls/.et），或者加了密码。请在表格软件里去掉密码，另存为 .xlsx 再上传。")
        )
    no_workbook = _("这不是 Excel 工作簿。请在表格软件里另存为 .xlsx 再上传。")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise UnreadableWorkbook(no_workbook) from error
    parts = archive.infolist()
    if "xl/workbook.xml" not in archive.namelist():
        raise UnreadableWorkbook(no_workbook)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableWorkbook(_("文件太大。请只保留需要导入的行，另存后再上传。"))
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        try:
            with archive.open(part) as stream:
                beginning = stream.read(MAX_UNPACKED)
        except Exception as error:  # a truncated or encrypted part
            raise UnreadableWorkbook(_("文件已损坏，读不出来。请重新导出或另存为 .xlsx 再上传。")) from error
        if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
            raise UnreadableWorkbook(_("文件内容不正常，没有读取。请用模板重新填写。"))
        is_sheet = part.filename.startswith("xl/worksheets/")
        has_formulas |= is_sheet and (b"<f>" in beginning or b"<f " in beginning)
        if most_rows is not None and is_sheet and beginning.count(b"<row") > max(most_rows, MAX_SHEET_ROWS):
            raise too_many_rows(most_rows - ROOM)
    return has_formulas


def _fill(cells: list[list[Any]], merged: list[tuple[int, int, int, int]]) -> frozenset[tuple[int, int]]:
    continued = set()
    for top, left, bottom, right in merged:
        value = cells[top - 1][left - 1] if top <= len(cells) and left <= len(cells[top - 1]) else None
        for row in range(top - 1, min(bottom, len(cells))):
            for column in range(left - 1, min(right, len(cells[row]))):
                cells[row][column] = value
                if row > top - 1:
                    continued.add((row, column))
    return frozenset(continued)
