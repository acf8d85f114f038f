"""One's own data as a zip of JSON and CSV; the empty workbook for staff accounts."""

import csv
import io
import json
import zipfile
from typing import Any

from django.utils import timezone

from .personal_data import sections

# a spreadsheet takes a cell that begins so for a formula, in half and in full width
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def own_data_archive(user: Any) -> bytes:
    """`data.json` with every section, and one CSV (UTF-8 with BOM) for each section that has rows."""
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
                archive.writestr(f"{name}.csv", _as_csv(rows))
    return buffer.getvalue()


def _as_csv(rows: list[dict[str, Any]]) -> bytes:
    heads = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([safe_cell(row.get(head)) for head in heads])
    return text.getvalue().encode("utf-8-sig")
