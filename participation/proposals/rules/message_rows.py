"""One row of another platform's export into clean values: columns by header name, dates in any of their shapes."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

# our column -> the headers it is known by, compared without blanks and brackets
HEADERS: dict[str, tuple[str, ...]] = {
    "number": ("留言编号", "编号", "信件编号", "工单编号", "序号"),
    "user": ("留言用户", "用户", "留言人"),
    "title": ("留言主题", "主题", "标题"),
    "submitted_at": ("留言时间", "提交时间", "来信时间"),
    "body": ("留言详情", "详情", "内容", "留言内容"),
    "reply": ("答复意见", "答复内容", "答复", "回复内容"),
    "replied_at": ("答复时间", "回复时间"),
    "reply_unit": ("答复单位", "回复单位", "承办单位"),
    "opposes": ("反对数", "点踩数"),
    "supports": ("点赞数", "支持数"),
}
REQUIRED = ("number", "submitted_at", "body")
_BLANKS = re.compile(r"[ \t\u00a0\u3000\u2000-\u200b\ufeff]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # category Cc but for line and tab
_DATE = re.compile(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:时]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2}))?\s*[分秒]?(?:\.\d+)?)?$"
)


_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - naive like every cell


class BadValue(Exception):
    """Said to the person who imports, beside the row's number."""


def columns_of(header: tuple[Any, ...]) -> dict[str, int]:
    """our column -> position in this file; a header that is not known is passed over."""
    names = {re.sub(r"[\s()（）*]", "", str(cell or "")): place for place, cell in reversed(list(enumerate(header)))}
    found = {}
    for column, known in HEADERS.items():
        place = next((names[name] for name in known if name in names), None)
        if place is not None:
            found[column] = place
    return found


def clean_text(value: Any) -> str:
    """Lines without the tabs and full-width blanks around them, never two empty lines in a row."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", text)
    lines = [_BLANKS.sub(" ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_number(value: Any) -> str:
    """188006, 188006.0 and " 188006 " are the same number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value))) if value is not None else ""


def clean_moment(value: Any) -> datetime | None:
    """A naive local moment, None for an empty cell; BadValue for anything that is no date."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time.min)
    text = unicodedata.normalize("NFKC", str(value if value is not None else "")).strip()
    if not text:
        return None
    if re.fullmatch(r"[2-9]\d{4}(\.\d+)?", text, re.ASCII):
        # a date whose cell lost its format: Excel counts days from the end of 1899
        return (_EXCEL_EPOCH + timedelta(days=float(text))).replace(microsecond=0)
    match = _DATE.match(text)
    if match is None:
        raise BadValue(f"看不懂的日期“{text[:30]}”")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the caller knows the zone
    except ValueError as error:
        raise BadValue(f"没有这个日期“{text[:30]}”") from error


def clean_count(value: Any) -> int | None:
    """A whole number not below zero, None for an empty cell."""
    text = clean_number(value)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise BadValue(f"不是次数“{text[:30]}”")
    return int(text)


def place_named(text: str, names: dict[str, int | None]) -> int | None:
    """The one place whose full name stands in `text`. Two different ones, or a name borne by two: none."""
    found = {place for name, place in names.items() if name in text}
    return found.pop() if len(found) == 1 else None
