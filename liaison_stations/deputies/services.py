"""Entering deputies: one at a time, or a whole workbook, all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.search.backends import get_search_backends

from portal.accounts.models import User
from portal.accounts.selectors import has_role
from portal.jurisdictions.models import Division
from portal.trail.services import record

from .models import Deputy, ElectoralDistrict, Level
from .permissions import user_can_keep_deputies
from .rules import DeputyRefused
from .selectors import SUBJECT_KIND, congress_of, places_in_scope


@dataclass(frozen=True)
class DeputyRow:
    """One deputy as a workbook gives them; `cells` names where each value stands."""

    name: str
    level: str
    division: str
    district: str
    term: str
    starts_on: date
    ends_on: date | None = None
    is_leading_cadre: bool = False
    duties: str = ""
    username: str = ""
    cells: dict[str, str] = field(default_factory=dict)


@dataclass
class Imported:
    created: int = 0
    changed: int = 0
    known: int = 0
    errors: list[tuple[str, str]] = field(default_factory=list)  # (cell, message)


class _Undo(Exception):
    pass


@transaction.atomic
def save_deputy(*, deputy: Deputy, by: Any) -> Deputy:
    """A new one or a changed one, by whoever keeps the list of the division. The congress follows from level and place.

    Raises PermissionDenied or DeputyRefused.
    """
    is_new = deputy.pk is None
    if not is_new:
        before = Deputy.objects.select_for_update(of=("self",)).select_related("division").get(pk=deputy.pk)
        if not user_can_keep_deputies(by, before.division):
            raise PermissionDenied
    if not user_can_keep_deputies(by, deputy.division):
        raise PermissionDenied
    deputy.congress = congress_of(deputy.division, deputy.level)
    if deputy.congress is None and deputy.level != Level.NATIONAL:
        raise DeputyRefused(
            _("%(place)s没有%(level)s这一级人大。")
            % {"place": deputy.division.name, "level": deputy.get_level_display()}
        )
    if deputy.ends_on is not None and deputy.ends_on < deputy.starts_on:
        raise DeputyRefused(_("任期止早于任期起。"))
    if deputy.district is not None and deputy.district.level != deputy.level:
        raise DeputyRefused(_("选区（选举单位）的层级与代表的层级不同。"))
    if deputy.user is not None and not has_role(deputy.user, "deputy"):
        raise DeputyRefused(_("这个账号没有人大代表的任职，请先在“人员与任职”里登记。"))
    try:
        with transaction.atomic():
            deputy.save()
    except IntegrityError as error:
        raise DeputyRefused(_("同一届已有同名、同选区的代表。")) from error
    record(
        subject_kind=SUBJECT_KIND,
        subject_key=str(deputy.pk),
        verb="add" if is_new else "change",
        actor=by,
        capacity="staff",
        detail=deputy.as_facts(),
    )
    return deputy


def enter_in_index(deputies: list[Deputy]) -> None:
    """What was written many at a time, of which the search hears nothing by itself."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Deputy, deputies)


def save_district(*, form: Any, by: Any) -> ElectoralDistrict:
    """From a form that was judged: the places it covers are rows of their own."""
    with transaction.atomic():
        district: ElectoralDistrict = form.save(commit=False)
        is_new = district.pk is None
        if not user_can_keep_deputies(by, district.division):
            raise PermissionDenied
        district.save()
        form.save_m2m()
        record(
            subject_kind="electoral_district",
            subject_key=str(district.pk),
            verb="add" if is_new else "change",
            actor=by,
            capacity="staff",
            detail={"division": district.division.key, "level": district.level},
        )
    return district


def import_deputies(*, rows: Iterable[DeputyRow], by: Any, dry_run: bool = False) -> Imported:
    """A known deputy (place, level, term, name, district) gets what is new of them. With any error, or as a rehearsal,
    nothing is written."""
    done = Imported()
    try:
        with transaction.atomic():
            places = _places(by)
            for row in rows:
                try:
                    with transaction.atomic():
                        _import_row(row, by, places, done)
                except DeputyRefused as refusal:
                    done.errors.append((row.cells.get(str(refusal.args[1]) if len(refusal.args) > 1 else "name", ""),
                                        str(refusal.args[0])))  # fmt: skip
            if done.errors or dry_run:
                raise _Undo
    except _Undo:
        pass
    return done


def _places(by: Any) -> dict[str, list[Division]]:
    found: dict[str, list[Division]] = {}
    for place in places_in_scope(by):
        for key in {place.name, place.key}:
            found.setdefault(key, []).append(place)
    return found


def _import_row(row: DeputyRow, by: Any, places: dict[str, list[Division]], done: Imported) -> None:
    near = places.get(row.division, [])
    if not near:
        raise DeputyRefused(_("您的管辖范围内没有“%(name)s”这个区划。") % {"name": row.division}, "division")
    if len(near) > 1:
        raise DeputyRefused(_("有几个区划都叫“%(name)s”，请写12位区划代码。") % {"name": row.division}, "division")
    [division] = near
    district = None
    if row.district:
        district, _is_new = ElectoralDistrict.objects.get_or_create(
            division=division, level=row.level, name=row.district
        )
    user = _user(row)
    found = Deputy.objects.filter(division=division, level=row.level, term=row.term, name=row.name, district=district)
    deputy = found.first() or Deputy(
        division=division, level=row.level, term=row.term, name=row.name, district=district
    )
    wanted = {
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "is_leading_cadre": row.is_leading_cadre,
        "duties": row.duties or deputy.duties,
        "is_void": False,
        "user": user or deputy.user,
    }
    if deputy.pk is not None and all(getattr(deputy, name) == value for name, value in wanted.items()):
        done.known += 1
        return
    is_new = deputy.pk is None
    for name, value in wanted.items():
        setattr(deputy, name, value)
    save_deputy(deputy=deputy, by=by)
    if is_new:
        done.created += 1
    else:
        done.changed += 1


def _user(row: DeputyRow) -> User | None:
    if not row.username:
        return None
    user = User.objects.active().filter(username=row.username).first()
    if user is None:
        raise DeputyRefused(_("没有“%(name)s”这个用户名。") % {"name": row.username}, "username")
    return user
