"""A whole workbook of deputies: judged row by row in memory, then written all at once or not at all.

A county has more than a thousand (domain.md F9): row by row, SQLite's one writer would wait a quarter of a minute.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.search.backends import get_search_backends

from portal.accounts.models import User
from portal.jurisdictions.models import Division
from portal.trail.services import record_all

from ..models import Deputy, ElectoralDistrict
from ..rules import DeputyRefused
from ..selectors import SUBJECT_KIND, congress_of, places_in_scope
from .keeping import congress_or_refusal, refuse_without_post

NEW_OF_A_KNOWN = ("starts_on", "ends_on", "is_leading_cadre", "duties", "is_void", "user")


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


def import_deputies(*, rows: Iterable[DeputyRow], by: Any, dry_run: bool = False) -> Imported:
    """A known deputy (place, level, term, name, district) gets what is new of them. With any error, or as a rehearsal,
    nothing is written. Raises DeputyRefused where somebody else wrote the same meanwhile."""
    read, done = list(rows), Imported()
    try:
        with transaction.atomic():
            book = _Book(read, by)
            for row in read:
                try:
                    book.take(row)
                except DeputyRefused as refusal:
                    place = str(refusal.args[1]) if len(refusal.args) > 1 else "name"
                    done.errors.append((row.cells.get(place, ""), str(refusal.args[0])))
            done.created, done.changed, done.known = len(book.created), len(book.changed), book.known
            if not done.errors and not dry_run:
                book.write(by)
    except IntegrityError as error:
        raise DeputyRefused(_("名册刚刚被别人改过，请重新上传。")) from error
    return done


def enter_in_index(deputies: list[Deputy]) -> None:
    """What was written many at a time, of which the search hears nothing by itself."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Deputy, deputies)


class _Book:
    """What the rows need to know, read in a few queries, and what they come to."""

    def __init__(self, rows: list[DeputyRow], by: Any) -> None:
        self.places: dict[str, list[Division]] = {}
        for place in places_in_scope(by):  # where `by` may enter deputies
            for key in {place.name, place.key}:
                self.places.setdefault(key, []).append(place)
        named = {row.username for row in rows if row.username}
        self.users = {user.username: user for user in User.objects.active().filter(username__in=named)}
        own = {near[0].pk for row in rows if len(near := self.places.get(row.division, [])) == 1}
        self.districts = {
            (each.division_id, each.level, each.name): each
            for each in ElectoralDistrict.objects.filter(division__in=own)
        }
        known = Deputy.objects.filter(division__in=own, term__in={row.term for row in rows})
        self.deputies = {
            (each.division_id, each.level, each.term, each.name, each.district.name if each.district else ""): each
            for each in known.select_related("district", "user", "division", "congress")
        }
        self.congresses: dict[tuple[int, str], Division | None] = {}
        self.new_districts: list[ElectoralDistrict] = []
        self.created: list[Deputy] = []
        self.changed: list[Deputy] = []
        self.known = 0

    def take(self, row: DeputyRow) -> None:
        """Raises DeputyRefused with the key of the cell that is wrong."""
        division, user = self._place(row), self._user(row)
        key = (division.pk, row.level, row.term, row.name, row.district)
        deputy = self.deputies.get(key) or Deputy(
            division=division, level=row.level, term=row.term, name=row.name, district=self._district(row, division)
        )
        values = (row.starts_on, row.ends_on, row.is_leading_cadre, row.duties or deputy.duties, False,
                  user or deputy.user)  # fmt: skip
        wanted = dict(zip(NEW_OF_A_KNOWN, values, strict=True))
        if deputy.pk is not None and all(getattr(deputy, name) == value for name, value in wanted.items()):
            self.known += 1
            return
        if (division.pk, row.level) not in self.congresses:
            self.congresses[division.pk, row.level] = congress_of(division, row.level)
        deputy.congress = congress_or_refusal(deputy, self.congresses[division.pk, row.level])
        for name, value in wanted.items():
            setattr(deputy, name, value)
        refuse_without_post(deputy.user)
        (self.created if deputy.pk is None else self.changed).append(deputy)

    def _place(self, row: DeputyRow) -> Division:
        near = self.places.get(row.division, [])
        if not near:
            raise DeputyRefused(_("您的管辖范围内没有“%(name)s”这个区划。") % {"name": row.division}, "division")
        if len(near) > 1:
            raise DeputyRefused(_("有几个区划都叫“%(name)s”，请写12位区划代码。") % {"name": row.division}, "division")
        return near[0]

    def _user(self, row: DeputyRow) -> User | None:
        if row.username and row.username not in self.users:
            raise DeputyRefused(_("没有“%(name)s”这个用户名。") % {"name": row.username}, "username")
        return self.users.get(row.username)

    def _district(self, row: DeputyRow, division: Division) -> ElectoralDistrict | None:
        if not row.district:
            return None
        key = (division.pk, row.level, row.district)
        if key not in self.districts:
            self.districts[key] = ElectoralDistrict(division=division, level=row.level, name=row.district)
            self.new_districts.append(self.districts[key])
        return self.districts[key]

    def write(self, by: Any) -> None:
        ElectoralDistrict.objects.bulk_create(self.new_districts)
        for deputy in self.created:
            deputy.district = deputy.district  # takes the key that the district has now
        Deputy.objects.bulk_create(self.created)
        Deputy.objects.bulk_update(self.changed, [*NEW_OF_A_KNOWN, "congress"])
        common = {"actor": by, "capacity": "staff"}
        record_all(
            {**common, "subject_kind": "electoral_district", "subject_key": str(each.pk), "verb": "add",
             "detail": {"division": each.division.key, "level": each.level}}
            for each in self.new_districts
        )  # fmt: skip
        entered = [("add", each) for each in self.created] + [("change", each) for each in self.changed]
        record_all(
            {**common, "subject_kind": SUBJECT_KIND, "subject_key": str(each.pk), "verb": verb,
             "detail": each.as_facts()}
            for verb, each in entered
        )  # fmt: skip
        enter_in_index([each for _verb, each in entered])
