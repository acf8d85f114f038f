"""Exports of another platform, row by row: good rows become messages, bad ones errors with their number."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division
from portal.tables.imports import why_unreadable

from .rules.message_rows import (
    REQUIRED,
    BadValue,
    clean_count,
    clean_moment,
    clean_number,
    clean_text,
    columns_of,
    place_named,
)
from .services import ImportedMessage, PlacedMessage, import_messages, publish_import

DEFAULT_SOURCE = "历史留言"
MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 500 * 1024 * 1024
CHUNK = 100
REQUIRED_LABELS = {"number": "留言编号", "submitted_at": "留言时间", "body": "留言详情"}


class UnreadableFile(Exception):
    """The file as a whole is of no use; the message says what to do."""


@dataclass
class Report:
    """What became of the file; `as_json` is the last line that the command prints."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    skipped_existing: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)
    support_total: int = 0
    oppose_total: int = 0

    def count(self, outcome: str) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "skipped_existing": self.skipped_existing,
            "errors": self.errors,
            "support_total": self.support_total,
            "oppose_total": self.oppose_total,
        }


def check_file(path: Path) -> None:
    """Before a byte is parsed: an .xlsx of a size that a real export has, not a bomb."""
    if not path.is_file():
        raise UnreadableFile(_("没有这个文件：%s") % path.name)
    if path.suffix.lower() in {".xls", ".et", ".csv"}:
        raise UnreadableFile(_("请在表格软件里另存为 .xlsx 后再导入。"))
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(_("文件超过50MB，请分成几个文件导入。"))
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableFile(_("文件解开后过大，无法导入。"))
            if "xl/workbook.xml" not in archive.namelist():
                raise UnreadableFile(_("这不是 .xlsx 表格文件。"))
    except zipfile.BadZipFile as error:
        raise UnreadableFile(_("这不是 .xlsx 表格文件（或加了密码），请另存为不加密码的 .xlsx 后再导入。")) from error
    except OSError as error:
        raise UnreadableFile(
            _("打不开文件 %(name)s：%(why)s") % {"name": path.name, "why": why_unreadable(error)}
        ) from error


def rows_of(path: Path) -> tuple[dict[str, int], list[tuple[int, tuple[Any, ...]]]]:
    """Columns, and the rows that hold anything with the number a spreadsheet shows. First sheet only."""
    check_file(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = list(sheet.iter_rows(values_only=True))
        book.close()
    except Exception as error:  # openpyxl raises many kinds on a broken file; none may become a traceback
        raise UnreadableFile(_("表格文件已损坏，请重新导出或另存为 .xlsx。")) from error
    columns = columns_of(lines[0]) if lines else {}
    missing = [REQUIRED_LABELS[name] for name in REQUIRED if name not in columns]
    if missing:
        raise UnreadableFile(_("第1行缺少这些列：%s。") % "、".join(missing))
    filled = [(n, line) for n, line in enumerate(lines[1:], start=2) if any(cell not in (None, "") for cell in line)]
    return columns, filled


def message_of(line: tuple[Any, ...], columns: dict[str, int], source: str) -> ImportedMessage:
    """Raises BadValue with what is wrong in this row."""

    def cell(name: str) -> Any:
        place = columns.get(name)
        return line[place] if place is not None and place < len(line) else None

    number = clean_number(cell("number"))
    if not number:
        raise BadValue(_("缺少留言编号"))
    if len(number) > 80:
        raise BadValue(_("留言编号过长"))
    submitted = clean_moment(cell("submitted_at"))
    if submitted is None:
        raise BadValue(_("缺少留言时间"))
    title, body = " ".join(clean_text(cell("title")).split()), clean_text(cell("body"))
    if not title and not body:
        raise BadValue(_("留言没有内容"))
    submitted_at = timezone.make_aware(submitted)
    if submitted_at > timezone.now():
        raise BadValue(_("留言时间晚于现在"))
    reply = clean_text(cell("reply"))
    replied = clean_moment(cell("replied_at"))
    if reply and replied is None:
        raise BadValue(_("有答复，但缺少答复时间"))
    if replied is not None and replied < submitted:
        raise BadValue(_("答复时间早于留言时间"))
    return ImportedMessage(
        source=source,
        external_number=number,
        title=title,
        body=body,
        submitted_at=submitted_at,
        tells_replies="reply" in columns,
        reply_text=reply,
        replied_on=_day_of(replied) if reply else None,
        reply_unit=clean_text(cell("reply_unit")),
        supports=clean_count(cell("supports")),
        opposes=clean_count(cell("opposes")),
    )


def _day_of(moment: datetime | None) -> Any:
    return moment.date() if moment else None


def import_file(
    *, path: Path, division: Division, source: str = DEFAULT_SOURCE, publishes: bool = False, is_dry_run: bool = False
) -> Iterator[Report]:
    """Yields the growing report after every chunk; a chunk is one transaction, a bad row in it leaves nothing behind.

    Killed half-way, the finished chunks stay and the next run goes on from there: known rows are passed over.
    """
    columns, rows = rows_of(path)
    places = _places_below(division)
    report = Report(rows=len(rows))
    yield report
    for start in range(0, len(rows), CHUNK):
        with transaction.atomic():
            _import_chunk(report, rows[start : start + CHUNK], columns, division, places, source, publishes)
            if is_dry_run:
                transaction.set_rollback(True)
        yield report


def _import_chunk(
    report: Report,
    rows: Sequence[tuple[int, tuple[Any, ...]]],
    columns: dict[str, int],
    division: Division,
    places: "Places",
    source: str,
    publishes: bool,
) -> None:
    problems: list[tuple[int, str]] = []
    placed: list[tuple[int, PlacedMessage]] = []
    for number, line in rows:
        try:
            message = message_of(line, columns, source)
        except BadValue as bad:
            problems.append((number, str(bad)))
            continue
        home, community = places.find(f"{message.title}\n{message.body}", division)
        placed.append((number, PlacedMessage(message, home, community)))
    results = import_messages(messages=[each for _number, each in placed], publishes=publishes)
    for (number, each), result in zip(placed, results, strict=True):
        if isinstance(result, Refused):
            problems.append((number, str(result.message)))
            continue
        outcome, proposal = result
        if publishes and outcome != "created" and proposal.published_at is None:
            try:
                publish_import(proposal=proposal)
            except Refused as refusal:
                problems.append((number, str(refusal.message)))
                continue
        report.count(outcome)
        report.support_total += each.message.supports or 0
        report.oppose_total += each.message.opposes or 0
    report.errors += [{"row": number, "message": words} for number, words in sorted(problems)]


@dataclass(frozen=True)
class Places:
    """The subdistricts and communities below one division, by name; a name borne twice points nowhere."""

    subdistricts: dict[str, int | None]
    communities: dict[str, int | None]
    rows: dict[int, Division]

    def find(self, text: str, default: Division) -> tuple[Division, Division | None]:
        """(subdistrict or the default, community); a community alone tells its subdistrict too."""
        key = place_named(text, self.subdistricts)
        home = self.rows[key] if key else default
        near = place_named(text, self.communities)
        community = self.rows[near] if near else None
        if community is not None and community.parent_id in self.rows and home == default:
            home = self.rows[community.parent_id]
        if community is not None and community.parent_id != home.pk:
            community = None
        return home, community


def _places_below(division: Division) -> Places:
    rows = {row.pk: row for row in Division.objects.within(division)}
    subdistricts: dict[str, int | None] = {}
    communities: dict[str, int | None] = {}
    for row in rows.values():
        if row.level in {Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP}:
            subdistricts[row.name] = None if row.name in subdistricts else row.pk
        elif row.level == Division.Level.COMMUNITY and len(row.name) > 3:
            communities[row.name] = None if row.name in communities else row.pk
    return Places(subdistricts, communities, rows)
