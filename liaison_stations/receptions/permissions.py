"""Who may do what with sessions, each within the division of the role: a clerk in the own station and nowhere else."""

from typing import Any

from .rules.rights import APPROVE, PLAN, SCHEME, VIEW
from .states import Action


def _has(user: Any, permission: str, division: Any) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(user.has_perm(permission) if division is None else user.has_perm(permission, division))


def user_can_view_receptions(user: Any, division: Any = None) -> bool:
    """The staff screens; without a division: somewhere."""
    return _has(user, VIEW, division)


def user_can_plan_receptions(user: Any, division: Any = None) -> bool:
    return _has(user, PLAN, division)


def user_can_approve_receptions(user: Any, division: Any = None) -> bool:
    """站长: the director of the committee (X26)."""
    return _has(user, APPROVE, division)


def user_can_keep_scheme(user: Any, division: Any = None) -> bool:
    return _has(user, SCHEME, division)


def user_can_do(user: Any, action: Action, division: Any) -> bool:
    """Whether this person may do this at all; the table of states decides whether now."""
    if action == Action.BOOK:
        return bool(user.is_authenticated and user.is_active)
    if action in (Action.APPROVE, Action.RETURN):
        return user_can_approve_receptions(user, division)
    return user_can_plan_receptions(user, division)


def user_can_book(user: Any) -> bool:
    """A resident whose phone or identity was checked."""
    return bool(user.is_authenticated and user.is_active and user.is_verified)
