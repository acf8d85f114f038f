"""A table read from an uploaded CSV: values by column, and what is wrong by row. Pure; features judge the values."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELL = 2_000


@dataclass(frozen=True, slots=True)
class Column:
    """`headers[0]` is the name shown in messages; any of them is accepted, in any order of columns."""

    key: str
    headers: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class RowError:
    """`row` is the line that a spreadsheet shows, the header being 1; 0 speaks of the whole file."""

    row: int
    message: str

    def __str__(self) -> str:
        return f"第{self.row}行：{self.message}" if self.row else self.message


@dataclass(frozen=True)
class CellError:
    """`cell` as a spreadsheet names it, such as D7; empty for the whole file."""

    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    values: dict[str, str]


@dataclass
class Table:
    rows: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def read_csv(data: bytes, columns: Sequence[Column]) -> Table:
    """Rows with every known column (an absent one is ""), blanks trimmed; empty lines are passed over."""
    if len(data) > MAX_BYTES:
        return _refused(f"文件超过{MAX_BYTES // 1024 // 1024} MB，请拆分后再导入。")
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return _refused("这是 Excel 文件。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入。")
    text = decode(data)
    if text is None:
        return _refused("读不出文字。请把文件另存为“CSV UTF-8（逗号分隔）”后再导入。")
    if not text.strip():
        return _refused("文件是空的。")
    try:
        return _table(text, columns)
    except csv.Error:
        return _refused("文件不是规范的 CSV，可能有没有配对的引号。")


def decode(data: bytes) -> str | None:
    """UTF-8 with or without BOM, UTF-16 with BOM, or GB18030 as Chinese Excel writes it; None if none fits."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def read_date(text: str) -> date | None:
    """2027-01-01, 2027/1/1, 2027.1.1, 20270101 or 2027年1月1日, full width too; None when it is no day."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?", plain)
    match = match or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def cell_name(row: int, column: int) -> str:
    """Both from 0: (6, 3) is D7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _refused(message: str) -> Table:
    return Table(errors=[RowError(0, message)])


def _table(text: str, columns: Sequence[Column]) -> Table:
    first_line = next(line for line in text.splitlines() if line.strip())
    delimiter = max(",;\t，", key=first_line.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    by_header = {_plain(header): column for column in columns for header in column.headers}
    header: list[Column | None] | None = None
    table = Table()
    for number, line in enumerate(lines, 1):
        cells = [cell.strip(" \t\r\n\u3000\ufeff") for cell in line]
        if not any(cells):
            continue
        if header is None:
            header = [by_header.get(_plain(cell)) for cell in cells]
            if problem := _header_problem(header, columns):
                return _refused(problem)
        elif len(table.rows) >= MAX_ROWS:
            return _refused(f"超过{MAX_ROWS}行，请拆分后再导入。")
        elif any(len(cell) > MAX_CELL for cell in cells):
            table.errors.append(RowError(number, f"有一格超过{MAX_CELL}字。"))
        else:
            values = {column.key: "" for column in columns}
            values |= {column.key: cell for column, cell in zip(header, cells, strict=False) if column}
            table.rows.append(Row(number, values))
    if not table.rows and not table.errors:
        return _refused("只有标题行，没有数据。")
    return table


def _header_problem(header: Sequence[Column | None], columns: Sequence[Column]) -> str:
    known = [column.key for column in header if column]
    if missing := [column.headers[0] for column in columns if column.is_required and column.key not in known]:
        return f"第一行要有列名。缺少：{'、'.join(missing)}。"
    if twice := [column.headers[0] for column in columns if known.count(column.key) > 1]:
        return f"列名重复：{'、'.join(twice)}。"
    return ""


def _plain(header: str) -> str:
    return re.sub(r"[\s_\ufeff]", "", unicodedata.normalize("NFKC", header)).lower()
