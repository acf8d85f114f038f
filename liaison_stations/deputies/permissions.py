"""Who keeps the list of deputies: the committee and the station's liaison officer, in their division."""

from typing import Any

from .rules import CHANGE


def user_can_keep_deputies(user: Any, division: Any) -> bool:
    return bool(user.is_active and user.has_perm(CHANGE, division))
