"""Who may do what with messages: staff within the division of the post, a deputy with what was left for the deputy."""

from typing import Any

from .models import DeputyMessage
from .rules.rights import ANSWER, CODES, VIEW


def _has(user: Any, permission: str, division: Any) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    return bool(user.has_perm(permission) if division is None else user.has_perm(permission, division))


def user_can_view_messages(user: Any, division: Any = None) -> bool:
    """The staff screens; without a division: somewhere."""
    return _has(user, VIEW, division)


def user_can_handle_message(user: Any, message: DeputyMessage) -> bool:
    """Every step of the station's desk."""
    return _has(user, ANSWER, message.division)


def user_is_addressee(user: Any, message: DeputyMessage) -> bool:
    """The deputy it was left for, while in office. Reads `deputy`."""
    deputy = message.deputy
    if deputy is None or not (user.is_authenticated and user.is_active):
        return False
    return deputy.user_id == user.pk and deputy.is_in_office


def user_can_answer_message(user: Any, message: DeputyMessage) -> bool:
    return user_is_addressee(user, message) or user_can_handle_message(user, message)


def user_can_read_message(user: Any, message: DeputyMessage) -> bool:
    """Who wrote it, who it was left for, and the station's desk."""
    if not (user.is_authenticated and user.is_active):
        return False
    is_own = message.sender_id == user.pk
    return is_own or user_is_addressee(user, message) or user_can_view_messages(user, message.division)


def user_can_keep_codes(user: Any, division: Any = None) -> bool:
    return _has(user, CODES, division)
