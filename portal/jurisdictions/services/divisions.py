"""Bringing divisions in. One transaction: a file with one bad row changes nothing."""

import secrets
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.trail.services import record

from .. import rules
from ..models import Division


@dataclass(frozen=True)
class DivisionRow:
    """One row of an import: `code` may be empty for a new subdistrict, then `parent_code` and `level` are given."""

    number: int
    code: str
    name: str
    level: str
    parent_code: str


@dataclass(frozen=True)
class ImportResult:
    created: int
    updated: int
    unchanged: int
    errors: list[tuple[int, str]]


class _Undo(Exception):
    """Raised to roll back a rehearsal or a file with errors."""


def import_divisions(
    *, rows: list[DivisionRow], actor: Any = None, dry_run: bool = False, refused: Collection[str] = ()
) -> ImportResult:
    """Creates and renames divisions; what is not in the file is left alone, nothing is ever deleted.

    Rows may come in any order; what hangs from a `refused` code is not reported again. With `errors` in the result (row
    number, Chinese message) nothing was written.
    """
    result = ImportResult(0, 0, 0, [])
    try:
        with transaction.atomic():
            result = _write(rows, actor, set(refused) - {""})
            if dry_run or result.errors:
                raise _Undo
    except _Undo:
        pass
    return result


def _write(rows: list[DivisionRow], actor: Any, refused: set[str]) -> ImportResult:
    known = {division.key: division for division in Division.objects.select_for_update().order_by("path")}
    without_code = {(d.parent_id, d.name): d for d in known.values() if not d.code}
    errors: list[tuple[int, str]] = []
    counts: Counter[str] = Counter()
    in_order = sorted(rows, key=lambda row: (rules.RANKS[row.level], row.code))
    for _rank, same_rank in groupby(in_order, key=lambda row: rules.RANKS[row.level]):
        new: list[Division] = []
        for row in same_rank:
            parent = known.get(row.parent_code) if row.parent_code else None
            follows_refused = parent is None and row.parent_code in refused
            if problem := _problem_with(row, parent):
                errors += [] if follows_refused else [(row.number, problem)]
                refused.add(row.code)
                continue
            division = known.get(row.code) if row.code else without_code.get((parent.pk if parent else None, row.name))
            if division is not None:
                counts["updated" if _change(division, row, parent, actor, known) else "unchanged"] += 1
                continue
            division = _new(row, parent)
            new.append(division)
            known[division.key] = division
            if not division.code:
                without_code[(division.parent_id, division.name)] = division
        # one rank at a time, so that the next finds its parents saved
        counts["created"] += len(Division.objects.bulk_create(new, batch_size=500))
    errors += _levels_out_of_order(rows, known) if not errors else []
    errors.sort()
    result = ImportResult(counts["created"], counts["updated"], counts["unchanged"], errors)
    if not errors and (result.created or result.updated):
        record(
            subject_kind="division",
            subject_key="import",
            verb="imported",
            actor=actor,
            detail={"created": result.created, "updated": result.updated, "unchanged": result.unchanged},
        )
    return result


def _problem_with(row: DivisionRow, parent: Division | None) -> str:
    if row.parent_code and parent is None:
        return _("找不到上级 %(code)s：请把上级也写进文件，或先导入上级。") % {"code": row.parent_code}
    if parent is None and row.level != Division.Level.PROVINCE:
        return _("只有省一级可以没有上级。")
    if parent and rules.RANKS[parent.level] >= rules.RANKS[row.level]:
        return _("上级“%(name)s”的层级不高于本级。") % {"name": parent.name}
    return ""


def _new(row: DivisionRow, parent: Division | None) -> Division:
    key = row.code or f"L{secrets.token_hex(4)}"
    return Division(
        code=row.code or None,
        local_id=None if row.code else key,
        name=row.name,
        level=row.level,
        parent=parent,
        path=rules.path_of(parent.path if parent else "", key),
    )


def _levels_out_of_order(rows: list[DivisionRow], known: dict[str, Division]) -> list[tuple[int, str]]:
    """A division whose level changed may now rank below a child that the file does not name."""
    numbers = {row.code: row.number for row in rows if row.code}
    by_pk = {division.pk: division for division in known.values()}
    found = []
    for child in known.values():
        parent = by_pk.get(child.parent_id) if child.parent_id else None
        if parent and rules.RANKS[parent.level] >= rules.RANKS[child.level]:
            message = _("下级“%(name)s”的层级不低于本级。") % {"name": child.name}
            found.append((numbers.get(parent.key, 0), message))
    return found


def _change(
    division: Division, row: DivisionRow, parent: Division | None, actor: Any, known: dict[str, Division]
) -> bool:
    before = {"name": division.name, "level": division.level, "parent": division.parent_id}
    after = {"name": row.name, "level": row.level, "parent": parent.pk if parent else None}
    if before == after:
        return False
    old_path = division.path
    division.name, division.level, division.parent = row.name, row.level, parent
    division.path = rules.path_of(parent.path if parent else "", division.key)
    division.save(update_fields=["name", "level", "parent", "path"])
    if division.path != old_path:
        _move_subtree(old_path, division.path)
        for other in known.values():
            if other.path.startswith(old_path):
                other.path = division.path + other.path.removeprefix(old_path)
    record(
        subject_kind="division",
        subject_key=division.key,
        verb="renamed" if before["name"] != after["name"] else "changed",
        actor=actor,
        detail={
            "before": {"name": before["name"], "level": before["level"], "path": old_path},
            "after": {"name": division.name, "level": division.level, "path": division.path},
        },
    )
    return True


def _move_subtree(old_path: str, new_path: str) -> None:
    below = list(Division.objects.filter(path__startswith=old_path))
    for division in below:
        division.path = new_path + division.path.removeprefix(old_path)
    Division.objects.bulk_update(below, ["path"])


def assign_code(*, division: Division, code: str, actor: Any = None) -> Division:
    """Gives a new subdistrict the code it has now been issued; its local id stays valid in old addresses."""
    if not rules.code_is_well_formed(code):
        raise ValueError(_("代码“%(code)s”不是12位数字。") % {"code": code})
    with transaction.atomic():
        division = Division.objects.select_for_update().get(pk=division.pk)
        old_key, old_path = division.key, division.path
        division.code = code
        division.path = rules.path_of(division.parent.path if division.parent else "", division.key)
        division.save(update_fields=["code", "path"])
        _move_subtree(old_path, division.path)
        record(
            subject_kind="division",
            subject_key=division.key,
            verb="coded",
            actor=actor,
            detail={"before": old_key, "after": division.key},
        )
    return division
