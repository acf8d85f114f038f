"""Who may do what with records, each within the division of the role: a clerk in the own station and nowhere else."""

from typing import Any

from .rules.rights import CHANGE, VIEW


def _has(user: Any, permission: str, division: Any) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(user.has_perm(permission) if division is None else user.has_perm(permission, division))


def user_can_view_records(user: Any, division: Any = None) -> bool:
    """The staff screens; without a division: somewhere."""
    return _has(user, VIEW, division)


def user_can_keep_records(user: Any, division: Any = None) -> bool:
    """Every step on a record. A deputy has none: nothing is closed at the table (代表法 第三十一条)."""
    return _has(user, CHANGE, division)
