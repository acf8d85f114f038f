"""Cells for people: words instead of codes, local time with its zone named, and nothing a spreadsheet could run."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

# What Excel and WPS take for the start of a formula; also in full width, and after any blanks.
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def safe_cell(text: str) -> str:
    """A sign that starts a formula, after any blanks, is disarmed with an apostrophe; so is a leading tab or return."""
    bare = text.lstrip(" \t\r\n\u3000\ufeff\u200b")
    if bare.startswith(SIGNS) or text.startswith(("\t", "\r")):
        return f"'{text}"
    return text


def moment(value: datetime) -> str:
    """2026-03-10 09:00, in Shanghai; the column's heading names the zone (`heading_of`)."""
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")


def in_words(value: Any) -> str:
    """Booleans are 是 and 否, moments local, dates as numbers, and nothing is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return safe_cell(str(value))


def heading_of(label: Any, *, holds_moments: bool) -> str:
    return _("%(label)s（北京时间）") % {"label": label} if holds_moments else str(label)
