"""How somebody wants pages shown, kept with the account so that it comes along to the next device."""

from typing import Any

from ..models import User

FIELDS = {"elder": "prefers_elder_mode", "contrast": "prefers_high_contrast"}


def keep_modes(user: Any, chosen: dict[str, bool]) -> None:
    """No trail entry: type size is nobody's business but the reader's."""
    User.objects.filter(pk=user.pk).update(**{FIELDS[name]: is_on for name, is_on in chosen.items()})
