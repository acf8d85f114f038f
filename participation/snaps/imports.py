"""What 12345 answered, from an Excel sheet: number → outcome and date; read leniently, refused by cell."""

import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from portal.tables.imports import UnreadableWorkbook, read_cells
from portal.tables.rules import CellError, cell_name, read_date
from portal.wording.services import mask

from .models import SnapReport
from .rules import FEEDBACK_LENGTH
from .states import State

MAX_BYTES, MOST_ROWS, SEARCHED_ROWS = 2 * 1024 * 1024, 500, 15
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("编号", "随手拍编号"),
    "hotline": ("12345工单号", "工单号", "工单编号", "热线工单号"),
    "feedback": ("反馈", "反馈内容", "办理结果", "办理情况", "答复内容"),
    "on": ("反馈日期", "办结日期", "答复日期", "日期"),
}


@dataclass(frozen=True)
class FeedbackRow:
    """One answer for one report; `line` is the row of the sheet."""

    number: str
    hotline: str
    feedback: str
    on: str  # an ISO date: it travels signed between preview and confirmation
    line: int


def read_feedback(
    content: bytes, name: str, known: Iterable[SnapReport]
) -> tuple[list[FeedbackRow], list[CellError], int]:
    """Rows to be written, what is wrong by cell, and how many were entered before exactly so.

    `known` are the reports within the reader's scope that were ever forwarded. Raises UnreadableWorkbook.
    """
    cells = read_cells(content, name, max_bytes=MAX_BYTES, max_rows=MOST_ROWS).cells
    at, columns = _head_of(cells)
    by_number: dict[str, SnapReport] = {}
    by_hotline: dict[str, list[SnapReport]] = {}
    for snap in known:
        by_number[snap.number] = snap
        by_hotline.setdefault(_plain(snap.hotline_number).upper(), []).append(snap)
    rows: list[FeedbackRow] = []
    errors: list[CellError] = []
    seen: dict[str, int] = {}
    before = 0
    for line in range(at + 1, len(cells)):
        values = {key: cells[line][column] if column < len(cells[line]) else None for key, column in columns.items()}
        texts = {key: _text(value) for key, value in values.items()}
        if not any(texts.get(key) for key in ("hotline", "feedback", "on")) and not texts.get("number"):
            continue
        if _is_blank_answer(texts):
            continue  # the template lists what still waits
        places = {key: cell_name(line, column) for key, column in columns.items()}
        wrong: list[tuple[str, str]] = []
        found = _snap_of(texts, by_number, by_hotline, wrong)
        on = _day_of(values.get("on"))
        _judge(texts, on, found, wrong)
        if found is not None and not wrong and found.number in seen:
            wrong.append((_key(texts), _("和第%d行是同一件。") % seen[found.number]))
        if wrong:
            errors += [CellError(places.get(key, ""), text) for key, text in wrong]
            continue
        assert found is not None  # noqa: S101 - said to be wrong otherwise
        assert on is not None  # noqa: S101 - said to be wrong otherwise
        seen[found.number] = line + 1
        if found.state != State.FORWARDED:
            before += 1
        else:
            rows.append(FeedbackRow(found.number, found.hotline_number, texts["feedback"], on.isoformat(), line + 1))
    if not rows and not errors and not before:
        raise UnreadableWorkbook(_("表头下面没有填写反馈的行。"))
    return rows, errors, before


def _is_blank_answer(texts: Mapping[str, str]) -> bool:
    return not texts.get("feedback") and not texts.get("on")


def _key(texts: Mapping[str, str]) -> str:
    return "number" if texts.get("number") else "hotline"


def _snap_of(
    texts: Mapping[str, str],
    by_number: Mapping[str, SnapReport],
    by_hotline: Mapping[str, list[SnapReport]],
    wrong: list[tuple[str, str]],
) -> SnapReport | None:
    """By our number where it is given, else by the number of 12345; where both are they must belong together."""
    number, hotline = _plain(texts.get("number", "")).upper(), _plain(texts.get("hotline", "")).upper()
    if number:
        snap = by_number.get(number)
        if snap is None:
            wrong.append(("number", _("没有这个编号，或者没有转12345，或者不在您的管辖范围。")))
        elif hotline and hotline != _plain(snap.hotline_number).upper():
            wrong.append(("hotline", _("登记的工单号是%s，请核对；登记错了的先更正。") % snap.hotline_number))
        return snap
    if not hotline:
        wrong.append(("hotline", _("请填写编号或者12345工单号。")))
        return None
    found = by_hotline.get(hotline, [])
    if not found:
        wrong.append(("hotline", _("没有这个工单号，或者不在您的管辖范围。")))
    elif len(found) > 1:
        numbers = "、".join(snap.number for snap in found[:3])
        wrong.append(("hotline", _("几件用的是这个工单号，请填写编号：%s。") % numbers))
    return found[0] if len(found) == 1 else None


def _judge(texts: Mapping[str, str], on: date | None, snap: SnapReport | None, wrong: list[tuple[str, str]]) -> None:
    feedback = texts.get("feedback", "")
    if not feedback:
        wrong.append(("feedback", _("请填写反馈内容。")))
    elif len(feedback) > FEEDBACK_LENGTH:
        wrong.append(("feedback", _("超过%d字。") % FEEDBACK_LENGTH))
    if on is None:
        wrong.append(
            ("on", _("请填写日期，例如 2026-03-10。") if not texts.get("on") else _("不是日期，例如 2026-03-10。"))
        )
    elif on > timezone.localdate():
        wrong.append(("on", _("日期在今天以后。")))
    elif snap is not None and on < timezone.localdate(snap.captured_at):
        wrong.append(("on", _("日期在上报以前（%s）。") % timezone.localdate(snap.captured_at).isoformat()))
    if snap is None or snap.state == State.FORWARDED:
        return
    if (snap.feedback, snap.feedback_on) != (mask(feedback).text, on):
        wrong.append((_key(texts), _("这件现在是“%s”，不能再登记反馈。") % snap.get_state_display()))


def _day_of(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else read_date(_text(value))


def _head_of(cells: list[list[Any]]) -> tuple[int, dict[str, int]]:
    names = {_plain(name): key for key, known in HEADINGS.items() for name in known}
    for line, values in enumerate(cells[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for column, value in enumerate(values):
            if key := names.get(_plain(_text(value))):
                columns.setdefault(key, column)
        if {"feedback", "on"} <= set(columns) and {"number", "hotline"} & set(columns):
            return line, columns
    raise UnreadableWorkbook(_("没有找到表头。表头要有：12345工单号（或编号）、反馈、反馈日期。请用模板填写。"))


def feedback_template(waiting: Iterable[SnapReport]) -> bytes:
    """With what still waits for 12345, so that only outcome and date are to be filled in. Cells are text."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("12345反馈")
    sheet.append([HEADINGS["number"][0], HEADINGS["hotline"][0], _("地点"), _("说明"), "反馈", "反馈日期"])
    for cell, width in zip(sheet[1], (26, 22, 28, 36, 48, 14), strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for snap in waiting:
        sheet.append([snap.number, snap.hotline_number, snap.place, snap.text, "", ""])
        for cell in sheet[sheet.max_row]:
            if cell.value:
                cell.data_type = "s"  # a place that begins with = is no formula
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(_("填写说明"))
    for words in (
        _("一行是一件。编号和12345工单号填一个就可以，两个都填的要对得上。"),
        _("反馈写12345的办理结果，会公开，请先去掉姓名和电话。日期写作 2026-03-10。"),
        _("没有反馈的行留空，导入时略过。"),
    ):
        notes.append([words])
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
