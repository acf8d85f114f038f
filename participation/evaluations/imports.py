"""A roll as .csv or .xlsx: read as offices write it, refused by cell. Never a roll of voters."""

import io
import re
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from portal.accounts.rules import half_width, is_mobile, normalised, normalised_phone
from portal.tables.imports import UnreadableWorkbook, read_cells
from portal.tables.rules import CellError, cell_name

from .rules.rolls import RollRow

MAX_BYTES, MAX_ROWS, SEARCHED_ROWS, MOST_LETTERS = 2 * 1024 * 1024, 2000, 15, 150
HEADINGS: dict[str, tuple[str, ...]] = {
    "phone": ("手机号", "手机号码", "手机", "电话", "联系电话", "登录手机"),
    "username": ("用户名", "账号", "登录名"),
    "name": ("姓名", "名字"),
}
FORBIDDEN = ("选民", "身份证")


def read_roll(content: bytes, name: str = "") -> tuple[list[RollRow], list[CellError]]:
    """The lines that could be read, and what is wrong by cell. Raises UnreadableWorkbook."""
    grid = read_cells(content, name, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
    cells = [[_text(value) for value in line] for line in grid.cells]
    at, columns = _head_of(cells)
    rows: list[RollRow] = []
    errors: list[CellError] = []
    for number, line in enumerate(cells[at + 1 :], at + 1):
        values = {key: line[column] if column < len(line) else "" for key, column in columns.items()}
        places = {key: cell_name(number, column) for key, column in columns.items()}
        computed = [key for key, column in columns.items() if (number, column) in grid.formulas]
        if not any(values.values()) and not computed:
            continue
        wrong = [CellError(places[key], _("公式单元格没有可读的值，请粘贴为数值。")) for key in computed]
        row = RollRow(
            number=number + 1,
            phone=normalised_phone(values.get("phone", "")),
            username=normalised(values.get("username", "")),
            name=values.get("name", ""),
            cells=places,
        )
        errors += wrong or _problems(row, next(iter(places.values())))
        if not wrong:
            rows.append(row)
    if not rows and not errors:
        raise UnreadableWorkbook(_("表头下面没有内容。"))
    return [row for row in rows if not _problems(row, "")], errors


def _problems(row: RollRow, first: str) -> list[CellError]:
    if not row.phone and not row.username:
        return [CellError(first, _("手机号和用户名都没有填写，至少填一个。"))]
    errors = []
    if re.fullmatch(r"\d+[eE]\+?\d+", row.phone):
        errors.append(CellError(row.cells["phone"], _("手机号变成了科学计数，请把这一列设为文本后重新填写。")))
    elif row.phone and not is_mobile(row.phone):
        errors.append(CellError(row.cells["phone"], _("不是 11 位手机号码。")))
    for key, value in (("username", row.username), ("name", row.name)):
        if len(value) > MOST_LETTERS:
            errors.append(CellError(row.cells[key], _("超过%d字。") % MOST_LETTERS))
    return errors


def _head_of(cells: list[list[str]]) -> tuple[int, dict[str, int]]:
    above = "".join("".join(line) for line in cells[:SEARCHED_ROWS])
    if any(word in above for word in FORBIDDEN):
        raise UnreadableWorkbook(
            _("评价名册不能用选民名册，也不能带身份证号。请用模板重新填写，只写手机号或者用户名。")
        )
    names = {normalised(name): key for key, known in HEADINGS.items() for name in known}
    for number, line in enumerate(cells[:SEARCHED_ROWS]):
        found = [(names[plain], column) for column, value in enumerate(line) if (plain := normalised(value)) in names]
        columns = dict(found)
        if {"phone", "username"} & set(columns):
            if len(columns) < len(found):
                raise UnreadableWorkbook(_("表头有两列说的是同一件事，请只留一列。"))
            return number, columns
    raise UnreadableWorkbook(_("没有找到表头。表头要有“手机号”或者“用户名”。请用模板填写。"))


def roll_template() -> bytes:
    """The empty workbook: text cells, so that no number turns into another; an explanation on a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("评价名册")
    sheet.append([known[0] for known in HEADINGS.values()])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for letter in "ABC":
        sheet.column_dimensions[letter].width = 20
        for row in range(2, 202):
            sheet[f"{letter}{row}"].number_format = "@"
    help_sheet = book.create_sheet(_("填写说明"))
    for line in (
        _("一行一个人，手机号和用户名至少填一个；姓名可以不填，填了要与账号登记的一致。"),
        _("名册上的人要先在本站有账号，住址或者任职在本辖区。"),
        _("不要用选民名册，不要写身份证号。在被评价的单位任职的人不要写。"),
        _("例：13800000000｜｜示例"),
    ):
        help_sheet.append([line])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a phone number typed as a number
    return half_width(str(value))
