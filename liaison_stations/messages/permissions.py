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
    """Whose word is waited for, while in office: left for, or passed on to. Reads `deputy` and `passed_to`."""
    deputy = message.answering_deputy
    if deputy is None or not (user.is_authenticated and user.is_active):
        return False
    return deputy.user_id == user.pk and deputy.is_in_office


def user_can_answer_message(user: Any, message: DeputyMessage) -> bool:
    return user_is_addressee(user, message) or user_can_handle_message(user, message)


def _was_addressed(user: Any, message: DeputyMessage) -> bool:
    """Also the deputy it was left for before the desk passed it on."""
    return any(
        deputy is not None and deputy.user_id == user.pk and deputy.is_in_office
        for deputy in (message.deputy, message.passed_to)
    )


def user_can_read_message(user: Any, message: DeputyMessage) -> bool:
    """Who wrote it, the deputies it came to, and the station's desk."""
    if not (user.is_authenticated and user.is_active):
        return False
    is_own = message.sender_id == user.pk
    return is_own or _was_addressed(user, message) or user_can_view_messages(user, message.division)


def user_can_keep_codes(user: Any, division: Any = None) -> bool:
    return _has(user, CODES, division)
