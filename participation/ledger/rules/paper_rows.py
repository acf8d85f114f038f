"""An existing ledger as a grid of cells: which column is which, what each row says, what is wrong in which cell.

Pure: the workbook is opened by `imports`, names of units are judged by `services.bringing_in`.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from portal.tables.rules import CellError, cell_name, read_date

# what a heading may be called; "title" is the one that must be there
HEADINGS: dict[str, tuple[str, ...]] = {
    "title": ("事项", "事项名称", "意见建议", "问题", "内容"),
    "source": ("来源", "事项来源"),
    "unit": ("承办单位", "办理单位", "责任单位", "主办单位"),
    "owner_name": ("责任人", "承办人", "经办人"),
    "raised_on": ("提出时间", "提出日期", "收到时间"),
    "assigned_on": ("交办时间", "交办日期"),
    "progress": ("办理情况", "办理结果", "答复内容"),
    "closed_off_on": ("销号时间", "销号日期", "办结时间"),
}
DAYS = ("raised_on", "assigned_on", "closed_off_on")
SEARCHED_ROWS = 15
MOST_ROWS = 1000
TITLE_LENGTH, TEXT_LENGTH, NAME_LENGTH = 200, 5000, 60
_SHORT_DAY = re.compile(r"(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*[日号]?")
_BETWEEN_UNITS = re.compile(r"[、，,;；/／\n]+")


@dataclass(frozen=True)
class PaperRow:
    """One matter of the paper ledger; `cells` names where each value stands."""

    number: int
    title: str
    source: str = ""
    unit: str = ""
    owner_name: str = ""
    raised_on: date | None = None
    assigned_on: date | None = None
    progress: str = ""
    closed_off_on: date | None = None
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same row brought in twice is one item."""
        parts = (self.title, self.source, self.unit, str(self.assigned_on or ""), str(self.raised_on or ""))
        return hashlib.sha256("\x1f".join(plain(part) for part in parts).encode()).hexdigest()[:40]


@dataclass
class PaperLedger:
    rows: list[PaperRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_paper(
    grid: Sequence[Sequence[Any]],
    continued: frozenset[tuple[int, int]],
    year: int,
    formulas: frozenset[tuple[int, int]] = frozenset(),
) -> PaperLedger:
    """`grid` with merged cells filled; `continued` are the cells (row, column) that a merge begun above filled,
    `formulas` those whose formula has left no value.

    `year` completes days such as 3月10日.
    """
    found = PaperLedger()
    head = _head_of(grid)
    if head is None:
        found.errors.append(CellError("", "没有找到表头，表头要有“事项”一列。"))
        return found
    at, columns = head
    seen: dict[str, int] = {}
    for number in range(at + 1, len(grid)):
        line = grid[number]
        texts = {name: _text(line[column]) if column < len(line) else "" for name, column in columns.items()}
        computed = [column for column in columns.values() if (number, column) in formulas]
        if computed:
            problem = "这一格是公式，文件里没有它的结果，请改成文字或数字。"
            found.errors.extend(CellError(cell_name(number, column), problem) for column in computed)
            continue
        if not any(texts.values()) or _is_foot(texts):
            continue
        if len(found.rows) >= MOST_ROWS:
            found.errors.append(CellError("", f"超过{MOST_ROWS}行，请拆分后再导入。"))
            break
        cells = {name: cell_name(number, column) for name, column in columns.items()}
        if (number, columns["title"]) in continued:
            _check_continued(found, texts, cells)
            continue
        row = _row(found, number + 1, line, columns, texts, cells, year)
        if row is None:
            continue
        if row.key in seen:
            found.errors.append(CellError(cells["title"], f"与第{seen[row.key]}行重复。"))
            continue
        seen[row.key] = row.number
        found.rows.append(row)
    if not found.rows and not found.errors:
        found.errors.append(CellError("", "表头下面没有内容。"))
    return found


def _head_of(grid: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    names = {plain(name): key for key, known in HEADINGS.items() for name in known}
    for number, line in enumerate(grid[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for column, value in enumerate(line):
            key = names.get(plain(_text(value)))
            if key:
                columns.setdefault(key, column)
        if "title" in columns and len(columns) > 1:
            return number, columns
    return None


def _is_foot(texts: dict[str, str]) -> bool:
    """填报人 and the like below the table."""
    return not texts.get("unit") and texts["title"].startswith(("填报", "审核人", "备注", "合计"))


def _check_continued(found: PaperLedger, texts: dict[str, str], cells: dict[str, str]) -> None:
    """A second line of a matter whose cell is merged: fine when it says nothing new about the unit."""
    before = found.rows[-1] if found.rows else None
    unit = texts.get("unit", "")
    if before is not None and unit and plain(unit) != plain(before.unit):
        found.errors.append(
            CellError(
                cells["unit"], f"同一事项有两个承办单位（{before.unit}、{unit}），请只留主办单位，导入后再加协办单位。"
            )
        )


def _row(
    found: PaperLedger,
    number: int,
    line: Sequence[Any],
    columns: dict[str, int],
    texts: dict[str, str],
    cells: dict[str, str],
    year: int,
) -> PaperRow | None:
    errors: list[CellError] = []
    days: dict[str, date | None] = {}
    for name in DAYS:
        if name in columns:
            value = line[columns[name]] if columns[name] < len(line) else None
            days[name], problem = read_day(value, year)
            if problem:
                errors.append(CellError(cells[name], problem))
    if not texts["title"]:
        errors.append(CellError(cells["title"], "缺少事项。"))
    for name, most in (("title", TITLE_LENGTH), ("owner_name", NAME_LENGTH), ("progress", TEXT_LENGTH)):
        if len(texts.get(name, "")) > most:
            errors.append(CellError(cells[name], f"超过{most}字。"))
    if days.get("closed_off_on") and not texts.get("progress"):
        errors.append(CellError(cells["closed_off_on"], "已销号的事项要有办理情况。"))
    errors += _order_problems(days, cells)
    found.errors += errors
    if errors:
        return None
    return PaperRow(
        number=number,
        cells=cells,
        title=texts["title"],
        source=texts.get("source", ""),
        unit=texts.get("unit", ""),
        owner_name=texts.get("owner_name", ""),
        progress=texts.get("progress", ""),
        raised_on=days.get("raised_on"),
        assigned_on=days.get("assigned_on"),
        closed_off_on=days.get("closed_off_on"),
    )


def _order_problems(days: dict[str, date | None], cells: dict[str, str]) -> list[CellError]:
    problems = []
    line = [("提出日期", "raised_on"), ("交办日期", "assigned_on"), ("销号日期", "closed_off_on")]
    known = [(label, name, day) for label, name in line if (day := days.get(name))]
    for (label, _name, before), (later, name, after) in pairwise(known):
        if after < before:
            problems.append(CellError(cells[name], f"{later}早于{label}。"))
    return problems


def read_day(value: Any, year: int) -> tuple[date | None, str]:
    """A day or none, and what is wrong with it; 3月10日 is a day of `year`."""
    if isinstance(value, datetime):
        return value.date(), ""
    if isinstance(value, date):
        return value, ""
    text = unicodedata.normalize("NFKC", _text(value))
    if text in {"", "-", "—", "/", "无"}:
        return None, ""
    if day := read_date(text):
        return day, ""
    if match := _SHORT_DAY.fullmatch(text):
        try:
            return date(year, int(match[1]), int(match[2])), ""
        except ValueError:
            pass
    return None, f"看不懂日期“{text[:20]}”，请写作 2026-03-10 或 3月10日。"


def units_in(text: str) -> list[str]:
    """The names in one cell, when more than one stands there."""
    return [name.strip() for name in _BETWEEN_UNITS.split(text) if name.strip()]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip(" \t\r\n\u3000\ufeff")
