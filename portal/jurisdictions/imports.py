"""A CSV of divisions turned into clean rows, or into errors by row number."""

import csv
import io
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from . import rules
from .models import Division
from .services.divisions import DivisionRow, ImportResult, import_divisions

MAX_BYTES = 20 * 1024 * 1024
SEED = Path(__file__).resolve().parent / "seed" / "divisions.csv"

HEADERS = {
    "code": "code", "区划代码": "code", "代码": "code", "统计用区划代码": "code",
    "name": "name", "名称": "name", "区划名称": "name",
    "level": "level", "层级": "level", "级别": "level",
    "parent_code": "parent_code", "上级代码": "parent_code", "上级区划代码": "parent_code",
}  # fmt: skip
LEVELS = {
    **{level: level for level in Division.Level.values},
    "省": "province", "市": "city", "县": "county", "区": "county", "县市区": "county", "县（市、区）": "county",
    "街道": "subdistrict", "乡": "township", "镇": "township", "乡镇": "township",
    "社区": "community", "村": "community", "社区（村）": "community",
}  # fmt: skip


@dataclass(frozen=True)
class RowError:
    """`row` is the line a spreadsheet shows (the header is row 1); 0 speaks of the whole file."""

    row: int
    message: str

    def __str__(self) -> str:
        return (
            _("第 %(row)d 行：%(message)s") % {"row": self.row, "message": self.message} if self.row else self.message
        )


@dataclass
class ParsedDivisions:
    rows: list[DivisionRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)  # codes of the rows with errors: their children are not to blame


def decode(data: bytes) -> str | None:
    """UTF-8 with or without BOM, UTF-16 with BOM, or GB18030 as Chinese Excel writes it; None if none fits."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def parse_divisions(source: BinaryIO) -> ParsedDivisions:
    """Reads a whole file and writes nothing."""
    parsed = ParsedDivisions()
    data = source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        parsed.errors.append(RowError(0, _("文件超过 20 MB,请拆分后再导入。")))
        return parsed
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        parsed.errors.append(RowError(0, _("这是 Excel 文件。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入。")))
        return parsed
    text = decode(data)
    if text is None:
        parsed.errors.append(RowError(0, _("读不出文字。请把文件另存为“CSV UTF-8（逗号分隔）”后再导入。")))
        return parsed
    try:
        _parse_text(text, parsed)
    except csv.Error as error:
        parsed.errors.append(RowError(0, _("不是正确的 CSV 文件：%(error)s") % {"error": error}))
    if not parsed.rows and not parsed.errors:
        parsed.errors.append(RowError(0, _("文件里没有区划。第一行应是表头：code,name,level,parent_code。")))
    return parsed


def import_parsed(
    parsed: ParsedDivisions, *, actor: Any = None, dry_run: bool = False
) -> tuple[ImportResult, list[RowError]]:
    """All errors of the file at once, those of its rows and those of the tree; with one error nothing is written."""
    result = import_divisions(
        rows=parsed.rows, actor=actor, dry_run=dry_run or bool(parsed.errors), refused=parsed.refused
    )
    errors = [*parsed.errors, *(RowError(row, message) for row, message in result.errors)]
    return result, sorted(errors, key=lambda error: error.row)


def _clean(value: str | None) -> str:
    return unicodedata.normalize("NFC", value or "").strip(" \t\r\n\u3000\u00a0\ufeff")


def _digits(value: str | None) -> str:
    """Full-width digits and a leading apostrophe or tab, as spreadsheets add them, are forgiven."""
    return unicodedata.normalize("NFKC", _clean(value)).strip("'\t =\"")


def _parse_text(text: str, parsed: ParsedDivisions) -> None:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader, [])
    columns = {HEADERS[_clean(cell).lower()]: at for at, cell in enumerate(header) if _clean(cell).lower() in HEADERS}
    if not {"code", "name"} <= columns.keys():
        found = "、".join(_clean(cell) for cell in header if _clean(cell))[:100]
        problem = _(
            "表头应有“区划代码”“名称”两列，还可以有“层级”“上级代码”"
            "（或英文 code,name,level,parent_code）；现在第一行是：%(found)s。"
        )
        parsed.errors.append(RowError(1, problem % {"found": found or _("空白")}))
        return
    seen: dict[str, int] = {}
    for cells in reader:
        number = reader.line_num
        if not any(_clean(cell) for cell in cells):
            continue
        cell = {key: cells[at] if at < len(cells) else "" for key, at in columns.items()}
        row, problem = _row_of(cell, number)
        if row and row.code and row.code in seen:
            problem = _("代码 %(code)s 与第 %(row)d 行重复。") % {"code": row.code, "row": seen[row.code]}
        if problem or row is None:
            parsed.errors.append(RowError(number, problem))
            parsed.refused.add(_digits(cell["code"]))
            continue
        if row.code:
            seen[row.code] = number
        parsed.rows.append(row)


def _row_of(cell: dict[str, str], number: int) -> tuple[DivisionRow | None, str]:
    code, parent_code = _digits(cell["code"]), _digits(cell.get("parent_code"))
    name, level_word = _clean(cell["name"]), _clean(cell.get("level")).replace("(", "（").replace(")", "）")
    if "E+" in code.upper():
        return None, _("代码被 Excel 改成了“%(code)s”。请把该列设为“文本”格式后重新填写。") % {"code": code}
    if code and not rules.code_is_well_formed(code):
        return None, _("代码“%(code)s”不是12位数字。") % {"code": code}
    if parent_code and not rules.code_is_well_formed(parent_code):
        return None, _("上级代码“%(code)s”不是12位数字。") % {"code": parent_code}
    if not name:
        return None, _("名称是空的。")
    if len(name) > 60:
        return None, _("名称超过60个字。")
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co") for character in name):
        return None, _("名称里有看不见的控制字符或自造字，请删去后重新填写。")
    if not code and not parent_code:
        return None, _("没有代码的新区划要填上级代码。")
    if level_word and level_word.lower() not in LEVELS:
        return None, _("不认识层级“%(level)s”，请填：省、市、县（市、区）、街道、乡镇、社区（村）。") % {
            "level": level_word
        }
    level = LEVELS.get(level_word.lower(), "")
    if not level:
        if not code:
            return None, _("没有代码的新区划要填层级。")
        level = rules.level_of_code(code, name)
    return DivisionRow(number, code, name, level, parent_code or (rules.parent_code_of(code) if code else "")), ""
