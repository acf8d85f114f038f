"""Accounts of staff: temporary passwords, switching off and on."""

import secrets
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import User
from ..permissions import user_can_give_role
from ..selectors import roles_of
from .refusals import AccountRefused
from .roles import capacity_of
from .users import end_sessions, locked, note

QUICK_ITERATIONS = 5000
# no 0/O, 1/l/I: the password is read from paper
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def temporary_password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def quick_hash(password: str) -> str:
    """Of a `temporary_password`: 92 random bits need no slow hash, which a workbook of a thousand people would wait
    minutes for. Django makes it a slow one at the first log-in."""
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return str(hasher.encode(password, hasher.salt(), iterations=QUICK_ITERATIONS))
    return make_password(password)


def check_may_manage(by: Any, target: User) -> None:
    """`by` must be able to give every post that `target` holds; nobody manages superusers but superusers."""
    if by is None or by.is_superuser:
        return
    posts = roles_of(target)
    is_allowed = posts and all(user_can_give_role(by, post.role, post.division, target, roles_of(by)) for post in posts)
    if not is_allowed:
        raise AccountRefused(_("您没有权限管理这个账号。"), "forbidden")


@transaction.atomic
def issue_temporary_password(*, user: User, by: Any, resets_second_factor: bool = False) -> str:
    """A password to be told in person, shown once; it must be changed at the first log-in. Ends all sessions."""
    from allauth.mfa.models import Authenticator

    check_may_manage(by, user)
    person = locked(user)
    password = temporary_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    if resets_second_factor:
        Authenticator.objects.filter(user=person).delete()
    end_sessions(user=person)
    note(person, "password_reset", actor=by, capacity=capacity_of(by), second_factor=resets_second_factor)
    return password


@transaction.atomic
def deactivate_user(*, user: User, by: Any, reason: str) -> None:
    """The next request is refused and all sessions end; posts stay on record until they are ended or handed over."""
    check_may_manage(by, user)
    if by is not None and by.pk == user.pk:
        raise AccountRefused(_("不能停用自己的账号。"), "self")
    person = locked(user)
    if not person.is_active:
        return
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(user=person)
    note(person, "deactivated", actor=by, capacity=capacity_of(by), reason=reason)
    user.is_active = False


@transaction.atomic
def reactivate_user(*, user: User, by: Any, reason: str) -> None:
    person = locked(user)
    if person.cancelled_at is not None:
        raise AccountRefused(_("账号已注销，不能恢复。"), "cancelled")
    person.is_active = True  # so that the posts count in the next line
    check_may_manage(by, person)
    person.save(update_fields=["is_active"])
    note(person, "reactivated", actor=by, capacity=capacity_of(by), reason=reason)
    user.is_active = True
