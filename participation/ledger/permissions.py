"""Who may do what with a ledger item. State is asked of `states`, here it is about the person and the scope."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from portal.accounts.models import RoleAssignment
from portal.accounts.selectors import units_of

from .models import LedgerItem
from .states import DOERS, Action, Doer

MANAGE = "ledger.manage_item"
DIRECT = "ledger.decide_extension"
HANDLE = "ledger.handle_item"
VIEW = "ledger.view_ledger"

# Granted to roles by `apps.ready()`; each holds within the division of the role and below it.
ROLES: dict[str, frozenset[str]] = {
    MANAGE: frozenset({"committee", "director"}),
    DIRECT: frozenset({"director"}),
    HANDLE: frozenset({"unit"}),
    VIEW: frozenset({"committee", "director", "clerk", "party", "superior", "auditor", "unit"}),
}


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def works_for(user: Any, unit_id: int | None) -> bool:
    return unit_id is not None and _is_active(user) and unit_id in [unit.pk for unit in units_of(user)]


def heads_unit(user: Any, unit_id: int | None) -> bool:
    """The unit's head (or whoever acts) signs its replies."""
    if unit_id is None or not _is_active(user):
        return False
    held = RoleAssignment.objects.current(timezone.localdate()).filter(user=user, unit=unit_id, is_head=True)
    return bool(held.exists())


def user_can_manage(user: Any, item: LedgerItem) -> bool:
    """The committee of the item's subdistrict or above."""
    return _is_active(user) and bool(user.has_perm(MANAGE, item.division))


def user_can_direct(user: Any, item: LedgerItem) -> bool:
    return _is_active(user) and bool(user.has_perm(DIRECT, item.division))


def user_can_handle(user: Any, item: LedgerItem) -> bool:
    """Whoever works for the lead unit."""
    return works_for(user, item.unit_id)


def user_can_enter_for_unit(user: Any, item: LedgerItem) -> bool:
    """由工委代录: a unit that does not log in is entered by the committee from its paper (domain.md 8)."""
    return item.unit_id is not None and user_can_manage(user, item)


def user_is_party(user: Any, item: LedgerItem) -> bool:
    return _is_active(user) and item.parties.filter(user=user).exists()


def user_can_object(user: Any, item: LedgerItem) -> bool:
    """Any verified resident."""
    return _is_active(user) and bool(getattr(user, "is_verified", False)) and item.is_public


def user_can_do(user: Any, action: Action, item: LedgerItem) -> bool:
    """Whether this person may do this at all; the table of states decides whether now."""
    checks: dict[Doer, Callable[[Any, LedgerItem], bool]] = {
        Doer.COMMITTEE: user_can_manage,
        Doer.DIRECTOR: user_can_direct,
        Doer.UNIT: user_can_handle,
        Doer.UNIT_HEAD: lambda user, item: heads_unit(user, item.unit_id),
        Doer.PARTY: user_is_party,
        Doer.RESIDENT: user_can_object,
        Doer.SYSTEM: lambda user, item: False,
    }
    return any(checks[doer](user, item) for doer in DOERS.get(action, ()))


def user_can_view(user: Any, item: LedgerItem) -> bool:
    """Its page: public, or staff in scope, the unit, a party."""
    if item.is_public:
        return True
    return user_can_view_internal(user, item) or user_is_party(user, item)


def user_can_view_internal(user: Any, item: LedgerItem) -> bool:
    """The staff page with contacts, notes and drafts."""
    if not _is_active(user):
        return False
    if works_for(user, item.unit_id):
        return True
    return bool(user.has_perm(MANAGE, item.division))
