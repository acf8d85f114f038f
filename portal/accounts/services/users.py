"""Making accounts and keeping their details."""

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.trail.services import record

from .. import rules
from ..models import User
from .refusals import AccountRefused

# details that a person may correct, and what they are called in the trail (their values never stand there)
OWN_DETAILS = (
    "real_name", "nickname", "shows_nickname", "contact_phone", "address", "division", "prefers_elder_mode",
    "prefers_high_contrast",
)  # fmt: skip


def opaque_username() -> str:
    """A user name that says nothing: residents log in by phone or e-mail."""
    return f"r-{secrets.token_hex(6)}"


def note(user: User, verb: str, *, actor: Any = None, capacity: str = "", reason: str = "", **detail: Any) -> None:
    """One trail entry about an account; `detail` holds no personal data."""
    record(
        subject_kind="account",
        subject_key=user.trail_id,
        verb=verb,
        actor=actor,
        capacity=capacity,
        reason=reason,
        detail=detail,
    )


def locked(user: User) -> User:
    """The row as it is now, held until the transaction ends."""
    return User.objects.select_for_update().get(pk=user.pk)


@transaction.atomic
def create_user(
    *,
    username: str = "",
    password: str | None = None,
    phone: str = "",
    email: str = "",
    real_name: str = "",
    contact_phone: str = "",
    division: Any = None,
    actor: Any = None,
    capacity: str = "",
) -> User:
    """A new account, unverified and without a post. Without a password it can only be entered by a code."""
    number = rules.normalised_phone(phone)
    if number and User.objects.with_phone(number).exists():
        raise AccountRefused(_("这个手机号已有账号。夫妻共用一个号码时，第二位请把它填作“联系电话”。"), "phone_taken")
    user = User(
        username=username or opaque_username(),
        email=email.strip().lower(),
        phone=number,
        real_name=rules.normalised(real_name),
        contact_phone=rules.normalised_phone(contact_phone),
        division=division,
    )
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise AccountRefused(_("用户名或手机号已被使用。"), "taken") from error
    note(user, "created", actor=actor, capacity=capacity)
    return user


@transaction.atomic
def change_details(*, user: User, actor: Any, **details: Any) -> list[str]:
    """Correct one's own details; answers the names of those that changed. Nothing else can be changed this way."""
    if unknown := set(details) - set(OWN_DETAILS):
        raise TypeError(f"not details of one's own: {sorted(unknown)}")
    person = locked(user)
    changed = [name for name, value in details.items() if getattr(person, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(person, name, details[name])
    person.clean()
    person.save(update_fields=[*changed, *(["contact_phone_index"] if "contact_phone" in changed else [])])
    note(person, "details_changed", actor=actor, fields=sorted(changed))
    for name in changed:
        setattr(user, name, getattr(person, name))
    return changed


@transaction.atomic
def set_phone(*, user: User, phone: str, is_verified: bool = False, actor: Any = None) -> None:
    """Give the account a number to log in with. Refused when somebody else has it."""
    number = rules.normalised_phone(phone)
    if User.objects.with_phone(number).exclude(pk=user.pk).exists():
        raise AccountRefused(_("这个手机号已有账号。"), "phone_taken")
    person = locked(user)
    person.phone = number
    person.phone_verified_at = timezone.now() if is_verified else None
    try:
        with transaction.atomic():
            person.save(update_fields=["phone", "phone_index", "phone_verified_at"])
    except IntegrityError as error:
        raise AccountRefused(_("这个手机号已有账号。"), "phone_taken") from error
    user.phone, user.phone_index, user.phone_verified_at = person.phone, person.phone_index, person.phone_verified_at
    note(person, "phone_set", actor=actor or person)


@transaction.atomic
def set_phone_verified(*, user: User, phone: str) -> None:
    """A code sent to `phone` came back: the number is this person's, and the person is verified by it."""
    from .verification import verify

    number = rules.normalised_phone(phone)
    if user.phone != number:
        set_phone(user=user, phone=number, is_verified=True)
    elif user.phone_verified_at is None:
        user.phone_verified_at = timezone.now()
        user.save(update_fields=["phone_verified_at"])
    if not user.is_verified:
        verify(user=user, method=User.Verification.PHONE.value)


@transaction.atomic
def release_phone(*, user: User, by: Any, reason: str) -> None:
    """The number now belongs to somebody else: the account keeps its matters, the number is free again."""
    person = locked(user)
    person.phone, person.phone_verified_at = "", None
    if person.verification == User.Verification.PHONE:
        person.verified_at, person.verification = None, ""
    person.save(update_fields=["phone", "phone_index", "phone_verified_at", "verified_at", "verification"])
    end_sessions(user=person)
    note(person, "phone_released", actor=by, reason=reason)


def end_sessions(*, user: User) -> None:
    """Every session of the account is over with its next request."""
    from allauth.usersessions.models import UserSession
    from django.db.models import F

    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    for session in UserSession.objects.filter(user=user):
        session.end()
