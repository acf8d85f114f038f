"""A workbook of staff becomes accounts and posts: all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import HandlingUnit, User
from ..selectors import divisions_named
from .refusals import AccountRefused
from .roles import assign_role
from .staff import quick_hash, temporary_password
from .users import create_user


@dataclass(frozen=True)
class NewAccount:
    """Shown once to whoever imported; the password is told in person and changed at the first log-in."""

    username: str
    real_name: str
    password: str


@dataclass
class StaffImport:
    """What is new: accounts and posts that were there already are not counted."""

    accounts: list[NewAccount] = field(default_factory=list)
    posts: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)


class _Undo(Exception):
    pass


def import_staff(*, rows: Iterable[dict[str, Any]], by: Any, dry_run: bool = False) -> StaffImport:
    """Rows as `imports.StaffRow.as_json` gives them. With any error, or as a rehearsal, nothing is written."""
    result = StaffImport()
    try:
        with transaction.atomic():
            for row in rows:
                try:
                    with transaction.atomic():
                        _import_row(row, by, result)
                except AccountRefused as refusal:
                    result.errors.append((row["number"], str(refusal)))
            if result.errors or dry_run:
                raise _Undo
    except _Undo:
        if result.errors:
            result.accounts.clear()
            result.posts = 0
    return result


def _import_row(row: dict[str, Any], by: Any, result: StaffImport) -> None:
    division = _division(row["division"], by)
    user = User.objects.filter(username=row["username"]).first()
    password = ""
    if user is None:
        password = temporary_password()
        user = create_user(
            username=row["username"],
            real_name=row["real_name"],
            contact_phone=row["phone"],  # a door only once its owner has proved it
            email=row["email"],
            actor=by,
        )
        User.objects.filter(pk=user.pk).update(password=quick_hash(password), must_change_password=True)
    elif user.real_name != row["real_name"]:
        raise AccountRefused(_("用户名“%(name)s”已是另一个人。") % {"name": row["username"]}, "other_person")
    unit = None
    if row["unit"]:
        unit = HandlingUnit.objects.filter(division=division, name=row["unit"]).first() or HandlingUnit(
            division=division, name=row["unit"], kind=row["unit_kind"]
        )
        if unit.pk is None:
            unit.save()
    held = set(user.role_assignments.values_list("pk", flat=True))
    post = assign_role(
        user=user,
        role=row["role"],
        division=division,
        unit=unit,
        by=by,
        starts_on=date.fromisoformat(row["starts_on"]) if row["starts_on"] else None,
        ends_on=date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
    )
    result.posts += post.pk not in held
    if password:
        result.accounts.append(NewAccount(user.username, user.real_name, password))


def division_problem(written: str, by: Any) -> str:
    """What is wrong with a 范围 as it was written; "" when it is one division of the own scope."""
    try:
        _division(written, by)
    except AccountRefused as refusal:
        return str(refusal)
    return ""


def _division(written: str, by: Any) -> Any:
    found = divisions_named(written, by)
    if not found:
        raise AccountRefused(_("您的管辖范围内没有“%(name)s”这个区划。") % {"name": written}, "unknown_division")
    if len(found) > 1:
        raise AccountRefused(_("有几个区划都叫“%(name)s”，请写12位区划代码。") % {"name": written}, "ambiguous")
    return found[0]
