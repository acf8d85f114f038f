"""An existing ledger of a committee is brought in: what is over as history, what is open as matters in work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.tables.rules import CellError

from ..models import LedgerItem, Source
from ..rules.paper_rows import PaperRow, plain, units_in
from ..selectors.desk import units_near
from .assigning import assign_item
from .handling import add_internal_note
from .importing import ImportedReply, import_item
from .opening import NewItem, open_item, require_may_open

SOURCE_KIND = "paper_ledger"
SOURCES = {plain(str(label)): value for value, label in Source.choices if value != Source.IMPORT}


@dataclass
class BroughtIn:
    created: int = 0
    known: int = 0


def problems_of(rows: Sequence[PaperRow], division: Division) -> list[CellError]:
    """What only the portal knows: units, sources, days to come."""
    units, today, found = _units(division), timezone.localdate(), []
    for row in rows:
        found += _unit_problems(row, units)
        if row.source and plain(row.source) not in SOURCES:
            known = "、".join(str(label) for value, label in Source.choices if value != Source.IMPORT)
            found.append(CellError(row.cells["source"], _("没有“%(name)s”这个来源，可用的有%(known)s。") % {
                "name": row.source[:20], "known": known,
            }))  # fmt: skip
        for name in ("raised_on", "assigned_on", "closed_off_on"):
            day: date | None = getattr(row, name)
            if day is not None and day > today:
                found.append(CellError(row.cells[name], _("日期不能晚于今天。")))
        if row.assigned_on and not row.closed_off_on and row.unit and not row.owner_name:
            found.append(CellError(row.cells.get("owner_name", row.cells["title"]), _("已交办的事项要有责任人。")))
    return found


def _unit_problems(row: PaperRow, units: dict[str, HandlingUnit]) -> list[CellError]:
    if not row.unit or plain(row.unit) in units:
        return []
    names = units_in(row.unit)
    if len(names) > 1:
        words = _("一格里有%(n)d个单位（%(names)s），请只留主办单位，导入后再加协办单位。")
        return [CellError(row.cells["unit"], words % {"n": len(names), "names": "、".join(names)})]
    if row.closed_off_on:
        return []  # history keeps the name as it stands
    return [CellError(row.cells["unit"], _("没有“%s”这个承办单位，请先登记。") % row.unit[:30])]


def _units(division: Division) -> dict[str, HandlingUnit]:
    return {plain(unit.name): unit for unit in units_near(division)}


@transaction.atomic
def bring_in_rows(*, by: Any, division: Division, rows: Sequence[PaperRow], is_public: bool = False) -> BroughtIn:
    """All or none. A row that was brought in before is passed over, whatever has become of it since."""
    require_may_open(by, division)
    if problems := problems_of(rows, division):
        raise Refused("".join(f"{error.cell}：{error.message}" for error in problems))
    units, done = _units(division), BroughtIn()
    for row in rows:
        key = f"{division.pk}:{row.key}"
        if LedgerItem.objects.filter(source_kind=SOURCE_KIND, source_key=key).exists():
            done.known += 1
            continue
        _bring_in(row, key, by, division, units, is_public)
        done.created += 1
    return done


def _bring_in(
    row: PaperRow, key: str, by: Any, division: Division, units: dict[str, HandlingUnit], is_public: bool
) -> None:
    today = timezone.localdate()
    raised_on = row.raised_on or row.assigned_on or row.closed_off_on or today
    source = SOURCES.get(plain(row.source), Source.PROPOSAL.value)
    new = NewItem(
        source=source,
        division=division,
        title=row.title,
        raised_on=raised_on,
        source_kind=SOURCE_KIND,
        source_key=key,
        is_public=is_public,
    )
    if row.closed_off_on is not None:
        reply = ImportedReply(text=row.progress, replied_on=row.closed_off_on, unit_name=row.unit)
        import_item(new=new, reply=reply, published_at=timezone.now() if is_public else None)
        return
    item = open_item(new=new, by=by)
    if row.unit and row.assigned_on:
        item = assign_item(item=item, by=by, unit=units[plain(row.unit)], owner_name=row.owner_name, on=row.assigned_on)
    if row.progress:
        add_internal_note(item=item, by=by, text=_("原台账的办理情况：%s") % row.progress)
