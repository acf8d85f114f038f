"""One's own data as a zip: tables in words, photos, and the same as JSON for programs."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .personal_data import sections

# a spreadsheet takes a cell that begins so for a formula, in half and in full width
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def own_data_archive(user: Any) -> bytes:
    """One CSV (UTF-8 with BOM, Chinese headings) for each section that has rows, its files, and all in `data.json`."""
    exported = {section.name: section.export(user) for section in sections.values()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = {
            "exported_at": timezone.now().isoformat(),
            "sections": {name: {"label": str(sections[name].label), "rows": rows} for name, rows in exported.items()},
        }
        archive.writestr("data.json", json.dumps(whole, ensure_ascii=False, indent=1, default=str))
        for name, rows in exported.items():
            if rows:
                archive.writestr(f"{sections[name].label}.csv", _as_csv(rows, sections[name].headings))
            for path, content in sections[name].files(user):
                # pictures are compressed already
                archive.writestr(path, content, zipfile.ZIP_STORED)
    return buffer.getvalue()


def _in_words(value: Any) -> str:
    return str(_("是") if value else _("否")) if isinstance(value, bool) else safe_cell(value)


def _as_csv(rows: list[dict[str, Any]], headings: Mapping[str, Any]) -> bytes:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([str(headings.get(key, key)) for key in keys])
    for row in rows:
        writer.writerow([_in_words(row.get(key)) for key in keys])
    return text.getvalue().encode("utf-8-sig")
