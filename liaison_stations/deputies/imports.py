"""Deputies from an Excel workbook: read as offices write it, refused by cell."""

import io
import unicodedata
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from portal.tables.imports import UnreadableWorkbook, read_grid
from portal.tables.rules import CellError, cell_name, read_date

from .models import Level
from .services import DeputyRow

MAX_BYTES, MAX_ROWS, SEARCHED_ROWS = 2 * 1024 * 1024, 2000, 15
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "代表姓名"),
    "level": ("层级", "代表层级", "级别"),
    "division": ("所在街道（乡镇）", "所在街道(乡镇)", "街道", "乡镇", "街道（乡镇）", "所在区划"),
    "district": ("选区（选举单位）", "选区", "选举单位"),
    "term": ("届次", "届"),
    "starts_on": ("任期起", "起", "任职时间", "当选时间"),
    "ends_on": ("任期止", "止"),
    "is_leading_cadre": ("领导干部代表", "领导干部"),
    "duties": ("履职分工", "分工"),
    "username": ("用户名", "账号"),
}
REQUIRED = ("name", "level", "division", "term", "starts_on")
LENGTHS = {"name": 40, "district": 80, "term": 20, "duties": 100}
EXAMPLE = ("人大代表示例", "县（市、区）", "望春门街道", "第一选区（示例）", "第十八届", "2026-01-01", "", "否", "", "")
# “市级” is two things: a county-level city's deputies are county level (domain.md 1.1)
_LEVELS = {
    **{str(label): value for value, label in Level.choices},
    "国家": "national", "全国人大": "national", "省级": "province", "省人大": "province", "地级市": "city",
    "设区市": "city", "县": "county", "区": "county", "县级": "county", "县级市": "county", "县区": "county",
    "县市区": "county", "县(市、区)": "county", "区级": "county", "乡": "township", "镇": "township",
    "乡级": "township", "乡镇级": "township",
}  # fmt: skip
_YES, _NO = {"是", "√", "✓", "1", "有"}, {"", "否", "0", "无", "-"}


def read_deputies(content: bytes, name: str = "") -> tuple[list[DeputyRow], list[CellError]]:
    """The rows that could be read, and what is wrong by cell. Raises UnreadableWorkbook."""
    cells = read_grid(content, name, max_bytes=MAX_BYTES, max_rows=MAX_ROWS).cells
    at, columns = _head_of(cells)
    rows: list[DeputyRow] = []
    errors: list[CellError] = []
    seen: dict[tuple[str, ...], int] = {}
    for number in range(at + 1, len(cells)):
        line = cells[number]
        texts = {key: _text(line[column]) for key, column in columns.items()}
        if not any(texts.values()):
            continue
        row, wrong = _row(number, columns, texts)
        errors += wrong
        if row is None:
            continue
        key = (row.division, row.level, row.term, row.name, row.district)
        if key in seen:
            errors.append(CellError(row.cells["name"], _("与第%d行重复。") % seen[key]))
            continue
        seen[key] = number + 1
        rows.append(row)
    if not rows and not errors:
        raise UnreadableWorkbook(_("表头下面没有内容。"))
    return rows, errors


def _head_of(cells: list[list[Any]]) -> tuple[int, dict[str, int]]:
    names = {_plain(name): key for key, known in HEADINGS.items() for name in known}
    for number, line in enumerate(cells[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for column, value in enumerate(line):
            if key := names.get(_plain(_text(value))):
                columns.setdefault(key, column)
        if set(REQUIRED) <= set(columns):
            return number, columns
    heads = "、".join(HEADINGS[key][0] for key in REQUIRED)
    raise UnreadableWorkbook(_("没有找到表头。表头要有：%(heads)s。请用模板填写。") % {"heads": heads})


def _row(number: int, columns: dict[str, int], texts: dict[str, str]) -> tuple[DeputyRow | None, list[CellError]]:
    places = {key: cell_name(number, column) for key, column in columns.items()}
    errors = [CellError(places[key], _("没有填写。")) for key in REQUIRED if not texts[key]]
    errors += [
        CellError(places[key], _("超过%d字。") % most)
        for key, most in LENGTHS.items()
        if len(texts.get(key, "")) > most
    ]
    level = _LEVELS.get(texts["level"], "")
    if texts["level"] in {"市", "市级"}:
        errors.append(CellError(places["level"], _("“市级”有两种意思：县级市写“县（市、区）”，设区的市写“设区的市”。")))
    elif texts["level"] and not level:
        errors.append(CellError(places["level"], _("层级写全国、省、设区的市、县（市、区）或乡镇。")))
    days: dict[str, date | None] = {}
    for key in ("starts_on", "ends_on"):
        text = texts.get(key, "")
        days[key] = read_date(text) if text not in _NO else None
        if text not in _NO and days[key] is None:
            errors.append(CellError(places[key], _("“%(day)s”不是日期，请写成 2026-03-10") % {"day": text[:20]}))
    starts_on, ends_on = days["starts_on"], days["ends_on"]
    if starts_on and ends_on and ends_on < starts_on:
        errors.append(CellError(places["ends_on"], _("任期止早于任期起。")))
    leading = texts.get("is_leading_cadre", "")
    if leading not in _YES | _NO:
        errors.append(CellError(places["is_leading_cadre"], _("写“是”或“否”。")))
    if errors or starts_on is None:
        return None, errors
    return DeputyRow(
        name=texts["name"],
        level=level,
        division=texts["division"],
        district=texts.get("district", ""),
        term=texts["term"],
        starts_on=starts_on,
        ends_on=ends_on,
        is_leading_cadre=leading in _YES,
        duties=texts.get("duties", ""),
        username=texts.get("username", ""),
        cells=places,
    ), []


def deputies_template() -> bytes:
    """The empty workbook with its heads, and one line of example on a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("人大代表")
    heads = [known[0] for known in HEADINGS.values()]
    sheet.append(heads)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for column in range(1, len(heads) + 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 20
    help_sheet = book.create_sheet(_("填写说明"))
    for line in (
        [_("姓名、层级、所在街道（乡镇）、届次、任期起必填；层级写全国、省、设区的市、县（市、区）或乡镇。")],
        [_("湘乡市等县级市的“市级代表”写“县（市、区）”。不填手机、住址等个人信息。")],
        [_("用户名是代表在本站的账号，没有账号的不填。日期写成 2026-03-10。")],
        heads,
        list(EXAMPLE),
    ):
        help_sheet.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip(" \t\r\n\u3000\ufeff")
