"""Who may see the whole record. Accounts grants `trail.export_entry` to the auditor."""

from typing import Any

EXPORT_ENTRY = "trail.export_entry"


def user_can_export_trail(user: Any) -> bool:
    return user.has_perm(EXPORT_ENTRY)
