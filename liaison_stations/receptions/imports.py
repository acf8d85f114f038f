"""A month from an Excel sheet as stations keep it: read leniently, refused by cell."""

import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from portal.tables.imports import UnreadableWorkbook, read_grid
from portal.tables.rules import CellError, cell_name, read_date

MAX_BYTES, MAX_ROWS, SEARCHED_ROWS = 2 * 1024 * 1024, 200, 15
HEADINGS: dict[str, tuple[str, ...]] = {
    "day": ("日期", "接待日期"),
    "start": ("开始", "开始时间", "时间", "接待时间"),
    "end": ("结束", "结束时间"),
    "station": ("站（点）", "站(点)", "站点", "地点", "联络站"),
    "venue": ("场所", "议事阵地"),
    "hosts": ("接待代表", "代表", "值班代表"),
    "guests": ("到站人员", "两官一长一员"),
    "theme": ("主题", "进站主题"),
    "capacity": ("可预约", "可预约人数"),
}
REQUIRED = ("day", "start", "station")
_SHORT_DAY = re.compile(r"(\d{1,2})\s*[月/.]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})\s*[:：时点.]\s*(\d{2})?\s*分?")


@dataclass(frozen=True)
class SheetRow:
    """One session as the sheet has it, names unread; `cells` say where each value stands."""

    day: date
    start: time
    end: time
    station: str
    venue: str = ""
    hosts: str = ""
    guests: str = ""
    theme: str = ""
    capacity: int | None = None
    cells: dict[str, str] = field(default_factory=dict)


def read_month(content: bytes, name: str, year: int, month: int) -> tuple[list[SheetRow], list[CellError]]:
    """The rows that could be read, and what is wrong by cell. A day without a year is of the month's year."""
    cells = read_grid(content, name, max_bytes=MAX_BYTES, max_rows=MAX_ROWS).cells
    at, columns = _head_of(cells)
    rows: list[SheetRow] = []
    errors: list[CellError] = []
    for number in range(at + 1, len(cells)):
        raw = {key: cells[number][column] for key, column in columns.items()}
        if not any(_text(value) for value in raw.values()):
            continue
        row, wrong = _row({key: cell_name(number, column) for key, column in columns.items()}, raw, year, month)
        errors += wrong
        if row is not None:
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


def _row(places: dict[str, str], raw: dict[str, Any], year: int, month: int) -> tuple[SheetRow | None, list[CellError]]:
    errors = [CellError(places[key], _("没有填写。")) for key in REQUIRED if not _text(raw[key])]
    day = _day(raw["day"], year)
    if _text(raw["day"]) and day is None:
        errors.append(
            CellError(places["day"], _("“%(day)s”不是日期，请写成 2026-03-10") % {"day": _text(raw["day"])[:20]})
        )
    elif day is not None and (day.year, day.month) != (year, month):
        errors.append(CellError(places["day"], _("日期不在要导入的月份里。")))
    start, end = _times(raw)
    if _text(raw["start"]) and start is None:
        errors.append(CellError(places["start"], _("时间应写作 09:00 或 09:00-11:30。")))
    elif start is not None and (end is None or end <= start):
        errors.append(CellError(places.get("end", places["start"]), _("结束时间没有写，或者不晚于开始时间。")))
    capacity = _text(raw.get("capacity"))
    if capacity and not (capacity.isdecimal() and 1 <= int(capacity) <= 500):
        errors.append(CellError(places["capacity"], _("请填写整数。")))
    if len(_text(raw.get("theme"))) > 60:
        errors.append(CellError(places["theme"], _("超过%d字。") % 60))
    if errors or day is None or start is None or end is None:
        return None, errors
    texts = {key: _text(raw.get(key)) for key in ("station", "venue", "hosts", "guests", "theme")}
    return SheetRow(day=day, start=start, end=end, capacity=int(capacity) if capacity else None, cells=places,
                    **texts), []  # fmt: skip


def _day(value: Any, year: int) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", _text(value))
    if found := read_date(text):
        return found
    if match := _SHORT_DAY.match(text):
        try:
            return date(year, int(match[1]), int(match[2]))
        except ValueError:
            return None
    return None


def _times(raw: dict[str, Any]) -> tuple[time | None, time | None]:
    """Two cells, or both in one: 9:00—11:30."""
    both = [_time(value) for value in (raw["start"], raw.get("end"))]
    if both[0] is not None and both[1] is None:
        found = _TIME.findall(unicodedata.normalize("NFKC", _text(raw["start"])))
        if len(found) > 1:
            both[1] = _clock(*found[1])
    return both[0], both[1]


def _time(value: Any) -> time | None:
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    match = _TIME.search(unicodedata.normalize("NFKC", _text(value)))
    return _clock(match[1], match[2]) if match else None


def _clock(hour: str, minute: str | None) -> time | None:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


def month_template() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = _("接待安排")
    sheet.append([known[0] for known in HEADINGS.values()])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 18
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(_("填写说明"))
    for line in (
        _("日期写成 2026-03-10 或 3月10日；时间写成 09:00，也可以在“开始”里写 09:00-11:30。"),
        _("站（点）写联络站或所属站点的名称，“主站”就是联络站。代表写姓名，几位用顿号分开，同名的在括号里写选区。"),
        _("到站人员写类别，如 法官、检察官、派出所所长、人民调解员，单位职务写在括号里。"),
    ):
        notes.append([line])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip(" \t\r\n\u3000\ufeff")
