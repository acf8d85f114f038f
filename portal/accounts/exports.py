"""One's own data as a zip: tables in words, photos, and the same as JSON for programs."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.tables.exports import heading_of, in_words

from .personal_data import sections


def _for_programs(value: Any) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)


def own_data_archive(user: Any) -> bytes:
    """One CSV (UTF-8 with BOM, Chinese headings) for each section that has rows, its files, and all in `data.json`."""
    exported = {section.name: section.export(user) for section in sections.values()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = {
            "exported_at": timezone.now(),
            "sections": {name: {"label": str(sections[name].label), "rows": rows} for name, rows in exported.items()},
        }
        archive.writestr("data.json", json.dumps(whole, ensure_ascii=False, indent=1, default=_for_programs))
        for name, rows in exported.items():
            if rows:
                archive.writestr(f"{sections[name].label}.csv", _as_csv(rows, sections[name].headings))
            for path, content in sections[name].files(user):
                # pictures are compressed already
                archive.writestr(path, content, zipfile.ZIP_STORED)
    return buffer.getvalue()


def _as_csv(rows: list[dict[str, Any]], headings: Mapping[str, Any]) -> bytes:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.writer(text)
    moments = {key for row in rows for key, value in row.items() if isinstance(value, datetime)}
    writer.writerow([heading_of(headings.get(key, key), holds_moments=key in moments) for key in keys])
    for row in rows:
        writer.writerow([in_words(row.get(key)) for key in keys])
    return text.getvalue().encode("utf-8-sig")
