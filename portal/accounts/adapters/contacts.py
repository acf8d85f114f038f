"""How the outbox reaches people: what each account says about mail, mobile and, for staff, door and landline."""

from collections.abc import Iterable
from typing import Any

from portal.encryption.fields import is_readable
from portal.outbox.rules import Contact


def contacts_of_accounts(users: Iterable[Any]) -> dict[Any, Contact]:
    """No query of its own. Who has neither mail nor mobile and cannot log in either is told in person."""
    return {user.pk: _contact_of(user) for user in users}


def _contact_of(user: Any) -> Contact:
    mobile = _readable(user.phone) if user.phone_verified_at else ""
    return Contact(
        email=user.email,
        mobile=mobile,
        in_person=not user.email and not mobile and not user.has_usable_password(),
        name=_readable(user.real_name),
        telephone=_readable(user.contact_phone) or _readable(user.phone),
        place=_readable(user.address),
        division_id=user.division_id,
    )


def _readable(value: str) -> str:
    """A sealed value whose key is missing must not be used as an address."""
    return value if value and is_readable(value) else ""
