"""Staff accounts from an Excel workbook: read as offices write it, refused by row and column, never half saved."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from portal.tables.imports import UnreadableWorkbook, read_grid

from . import rules
from .models import HandlingUnit, Role

MAX_BYTES, MAX_ROWS = 2 * 1024 * 1024, 1000
HELP_DIVISIONS = 10_000
COLUMNS = {
    "用户名": "username",
    "姓名": "real_name",
    "手机号": "phone",
    "邮箱": "email",
    "角色": "role",
    "范围": "division",
    "承办单位": "unit",
    "单位类别": "unit_kind",
    "起": "starts_on",
    "止": "ends_on",
}
REQUIRED = ("用户名", "姓名", "角色", "范围")


@dataclass(frozen=True)
class StaffRow:
    """One line of the workbook: one person and one post. A person with two posts has two lines."""

    number: int
    username: str
    real_name: str
    phone: str
    email: str
    role: str
    division: str
    unit: str
    unit_kind: str
    starts_on: str
    ends_on: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class RowError:
    number: int
    column: str
    message: str


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a phone number typed as a number
    return rules.half_width(str(value))


def parse_staff(
    content: bytes, name: str = "", division_problem: Callable[[str], str] = lambda written: ""
) -> tuple[list[StaffRow], list[RowError]]:
    """The rows that could be read, and what is wrong by row and column. Raises UnreadableWorkbook.

    `division_problem(written)` says what is wrong with a 范围, so that it is told in the same round as the rest.
    """
    sheet = read_grid(content, name, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
    grid = [[_text(cell) for cell in row] for row in sheet.cells]
    head = next((index for index, row in enumerate(grid[:10]) if set(REQUIRED) <= set(row)), None)
    if head is None:
        problem = _("第一张工作表里没有找到表头。表头要有：用户名、姓名、角色、范围。请用模板填写。")
        raise UnreadableWorkbook(problem)
    places = {COLUMNS[title]: index for index, title in enumerate(grid[head]) if title in COLUMNS}
    rows: list[StaffRow] = []
    errors: list[RowError] = []
    for index, cells in enumerate(grid[head + 1 :], start=head + 2):
        values = {key: (cells[places[key]] if key in places else "") for key in COLUMNS.values()}
        computed = [title for title, key in COLUMNS.items() if (index - 1, places.get(key)) in sheet.formulas]
        if not any(values.values()) and not computed:
            continue
        wrong = [error for error in _mend(index, values) if error.column not in computed]
        wrong += [RowError(index, title, _("公式单元格没有可读的值，请粘贴为数值")) for title in computed]
        if values["division"] and (problem := division_problem(values["division"])):
            wrong.append(RowError(index, "范围", problem))
        errors += wrong
        if not wrong:
            rows.append(StaffRow(number=index, **values))
    if not rows and not errors:
        raise UnreadableWorkbook(_("表头下面没有内容。"))
    return rows, errors


def _mend(number: int, values: dict[str, str]) -> Iterator[RowError]:
    """Bring the values of one row into shape, in place; what cannot be understood is reported by column."""
    titles = {key: title for title, key in COLUMNS.items()}
    for title in REQUIRED:
        if not values[COLUMNS[title]]:
            yield RowError(number, title, _("没有填写"))
    values["username"] = rules.normalised(values["username"])
    if values["username"] and not re.fullmatch(r"[\w.@+-]{3,40}", values["username"]):
        yield RowError(number, "用户名", _("用 3 到 40 个字母、数字或汉字，不要有空格"))
    values["phone"] = rules.normalised_phone(values["phone"])
    if values["phone"] and not rules.is_mobile(values["phone"]):
        yield RowError(number, "手机号", _("不是 11 位手机号码"))
    values["email"] = values["email"].lower()
    if values["email"] and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", values["email"]):
        yield RowError(number, "邮箱", _("不是邮箱地址"))
    roles = {str(label): value for value, label in Role.choices} | {value: value for value in Role.values}
    if values["role"] and values["role"] not in roles:
        yield RowError(number, "角色", _("没有“%(role)s”这个角色") % {"role": values["role"]})
    values["role"] = roles.get(values["role"], "")
    if re.search(r"[、,，;；/\n]", values["unit"]):
        yield RowError(number, "承办单位", _("一格里写了两个单位。请一行写一个单位，分成两行"))
    if (values["role"] == Role.UNIT) != bool(values["unit"]):
        yield RowError(number, "承办单位", _("角色是承办单位的要写单位名称，其他角色不要写"))
    kinds = {str(label): value for value, label in HandlingUnit.Kind.choices}
    values["unit_kind"] = kinds.get(values["unit_kind"], HandlingUnit.Kind.DEPARTMENT.value if values["unit"] else "")
    for key in ("starts_on", "ends_on"):
        try:
            values[key] = _day(values[key])
        except ValueError as error:
            yield RowError(number, titles[key], str(error))
            values[key] = ""
    if values["ends_on"] and values["ends_on"] < (values["starts_on"] or timezone.localdate().isoformat()):
        yield RowError(number, titles["ends_on"], _("结束日期早于开始日期"))


def _day(text: str) -> str:
    """A day as written in offices, as ISO text; empty stays empty."""
    if not text:
        return ""
    if re.fullmatch(r"\d{1,2}月\d{1,2}日", text):
        raise ValueError(_("“%(day)s”没有写年份，请写成 2026-03-10") % {"day": text})
    match = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", text)
    try:
        if match is None:
            raise ValueError
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        raise ValueError(_("“%(day)s”不是日期，请写成 2026-03-10") % {"day": text}) from None


def staff_template(divisions: list[Any]) -> bytes:
    """The empty workbook: heads, one example in grey words on a second sheet, choices for roles."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("工作人员")
    sheet.append(list(COLUMNS))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for letter in "ABCDEFGHIJ":
        sheet.column_dimensions[letter].width = 18
        for row in range(2, 202):
            sheet[f"{letter}{row}"].number_format = "@"  # text: no phone number in scientific notation
    labels = [str(Role(role).label) for role in Role.values if role != Role.RESIDENT]
    choice = DataValidation(type="list", formula1='"' + ",".join(labels) + '"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add("E2:E201")
    help_sheet = book.create_sheet(_("填写说明"))
    for line in (
        [_("用户名、姓名、角色、范围必填；一个人担任两个职务写两行，用户名相同。")],
        [_("范围写12位区划代码，或在您管辖范围内不重名的名称。日期写成 2026-03-10，“止”可以不填。")],
        [
            _(
                "角色是承办单位的，要写承办单位名称；单位类别：街道办事处、职能部门、派驻街道工作机构、社区(村)、其他单位。"
            )
        ],
        [_("例：wangchunmen01｜示例｜13800000000｜｜联络站工作人员｜430381001000｜｜｜2026-01-01｜")],
        [""],
        [_("区划代码"), _("名称")],
        *([division.key, division.name] for division in divisions[:HELP_DIVISIONS]),
    ):
        help_sheet.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
