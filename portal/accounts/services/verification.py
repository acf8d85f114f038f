"""Who somebody is, checked by a code, at the counter, or by a platform."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import rules
from ..models import User
from ..permissions import VERIFY_RESIDENT
from ..registry import identity_providers
from .refusals import AccountRefused
from .roles import capacity_of
from .users import create_user, locked, note


@transaction.atomic
def verify(*, user: User, method: str, by: Any = None, evidence: dict[str, Any] | None = None) -> None:
    """Mark the person as verified by a registered provider; a check at the counter replaces a weaker one."""
    provider = identity_providers.get(method)
    if provider is None or not provider.is_available():
        raise AccountRefused(_("本站没有启用这种核验方式。"), "unavailable")
    if not provider.check(user=user, evidence={"by": by, **(evidence or {})}):
        raise AccountRefused(_("核验没有通过。"), "not_proved")
    person = locked(user)
    if person.is_verified and method == User.Verification.PHONE:
        return
    person.verified_at, person.verification, person.verified_by = timezone.now(), method, by
    person.save(update_fields=["verified_at", "verification", "verified_by"])
    note(person, "verified", actor=by or person, capacity=capacity_of(by), method=method)
    user.verified_at, user.verification = person.verified_at, person.verification
    user.verified_by = by


@transaction.atomic
def verify_at_counter(
    *,
    by: Any,
    division: Any,
    real_name: str,
    phone: str = "",
    contact_phone: str = "",
    address: str = "",
    user: User | None = None,
    saw_document: bool,
    is_over_14: bool,
) -> User:
    """Find or create a resident whose identity document was seen. No number of it is kept.

    Without `user` a new account is made: an elder may have no mobile at all, husband and wife may share one
    (`contact_phone`). With `user` the details of that account are completed.
    """
    if not by.has_perm(VERIFY_RESIDENT, division):
        raise AccountRefused(_("您没有权限为这个社区的居民核验身份。"), "forbidden")
    if not saw_document:
        raise AccountRefused(_("请当面核对身份证件原件后再登记。"), "document")
    if not is_over_14:
        raise AccountRefused(_("未满14周岁的居民请由监护人代为提出建议。"), "age")
    if user is None:
        user = create_user(
            phone=phone,
            real_name=real_name,
            contact_phone=contact_phone,
            division=division,
            actor=by,
            capacity=capacity_of(by),
        )
    elif user.real_name and user.real_name != rules.normalised(real_name):
        raise AccountRefused(_("账号上登记的姓名与证件不一致，请先核实是否同一个人。"), "other_name")
    person = locked(user)
    if not person.is_active or person.is_superuser:
        raise AccountRefused(_("这个账号不能在窗口办理。"), "inactive")
    person.real_name = rules.normalised(real_name)
    person.division = division
    person.age_confirmed_at = person.age_confirmed_at or timezone.now()
    if contact_phone:
        person.contact_phone = rules.normalised_phone(contact_phone)
    if address:
        person.address = address.strip()
    person.save()
    verify(user=person, method=User.Verification.COUNTER.value, by=by, evidence={"saw_document": saw_document})
    person.refresh_from_db()
    return person
