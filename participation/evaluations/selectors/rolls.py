"""A roll that came as a table: which accounts are meant, and what is wrong in which cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import RoleAssignment, User
from portal.accounts.rules import masked_name, masked_phone, normalised
from portal.encryption.services import blind_indexes
from portal.jurisdictions.models import Division
from portal.tables.rules import CellError

from ..rules.rolls import RollRow


@dataclass(frozen=True)
class RollEntry:
    """One person of the roll, as the file names the person; of a number no more is told than the file says."""

    user: Any
    number: int
    named_by: str
    name: str


def match_roll(
    rows: Sequence[RollRow], division: Division, *, barred: Iterable[int] = ()
) -> tuple[list[RollEntry], list[CellError]]:
    """Active accounts at home or with a post in the division or below it; `barred` (keys of users) may not rate.

    A number that belongs to somebody elsewhere is answered like one that belongs to nobody: the upload must not tell
    who has an account. A constant number of queries.
    """
    by_phone, by_name = _phones(rows), _names(rows)
    local = _people_of(division, {user.pk for found in by_phone.values() for user in found} | _keys(by_name.values()))
    not_these, taken = set(barred), dict[int, int]()
    entries: list[RollEntry] = []
    errors: list[CellError] = []
    for row in rows:
        user, problem = _person(row, by_phone, by_name, local)
        if not problem and user.pk in taken:
            problem = CellError(row.place, _("与第%d行是同一个人。") % taken[user.pk])
        elif not problem and user.pk in not_these:
            problem = CellError(row.place, _("这位在被评价的单位任职，不能评价自己的单位，请从名册里删去。"))
        if problem:
            errors.append(problem)
            continue
        taken[user.pk] = row.number
        name = row.name or masked_name(user.real_name) or user.username
        entries.append(RollEntry(user, row.number, row.username or masked_phone(row.phone), name))
    return entries, errors


def _person(
    row: RollRow, by_phone: dict[str, list[Any]], by_name: dict[str, Any], local: set[int]
) -> tuple[Any, CellError | None]:
    user: Any = None
    if row.username:
        user = by_name.get(row.username)
        if user is None:
            return None, CellError(row.cells["username"], _("没有“%(name)s”这个用户名。") % {"name": row.username})
        if user.pk not in local:
            return None, CellError(row.cells["username"], _("这个账号不属于本辖区（住址和任职都不在本辖区）。"))
    if row.phone:
        found = [each for each in by_phone.get(row.phone, []) if each.pk in local]
        logs_in = [each for each in found if each.phone == row.phone]
        found = logs_in or found
        if not found:
            return None, CellError(row.cells["phone"], _("本辖区没有用这个手机号登记的账号。"))
        if user is None and len(found) > 1:
            return None, CellError(row.cells["phone"], _("本辖区有几个账号登记了这个手机号，请改写用户名。"))
        if user is not None and user.pk not in {each.pk for each in found}:
            return None, CellError(row.cells["phone"], _("手机号和用户名不是同一个账号。"))
        user = user or found[0]
    if row.name and user.real_name and normalised(row.name) != normalised(user.real_name):
        return None, CellError(row.cells["name"], _("姓名与账号登记的姓名不一致。"))
    return user, None


def _phones(rows: Sequence[RollRow]) -> dict[str, list[Any]]:
    """Whoever logs in with the number or is reached there: a member entered by the office has proved none yet."""
    numbers = {row.phone for row in rows if row.phone}
    login = [index for number in numbers for index in blind_indexes(number, "phone")]
    contact = [index for number in numbers for index in blind_indexes(number, "contact_phone")]
    found: dict[str, list[Any]] = {}
    people = User.objects.active().filter(Q(phone_index__in=login) | Q(contact_phone_index__in=contact))
    for user in people.order_by("pk"):
        for number in {user.phone, user.contact_phone} & numbers:
            found.setdefault(number, []).append(user)
    return found


def _names(rows: Sequence[RollRow]) -> dict[str, Any]:
    wanted = [row.username for row in rows if row.username]
    return {user.username: user for user in User.objects.active().filter(username__in=wanted)}


def _keys(users: Iterable[Any]) -> set[int]:
    return {user.pk for user in users}


def _people_of(division: Division, keys: set[int]) -> set[int]:
    """Of these people, those who live there or hold a post there today."""
    held = RoleAssignment.objects.current(timezone.localdate()).within([division]).filter(user__in=keys)
    at_home = User.objects.filter(pk__in=keys, division__path__startswith=division.path)
    return set(held.values_list("user", flat=True)) | set(at_home.values_list("pk", flat=True))
