"""Whether this install is still empty."""

from collections.abc import Mapping

from django.contrib.auth import get_user_model

from portal.jurisdictions.selectors import site_profile

from .models import SetupToken

# Once true for this process, true for ever: an install is not emptied while it runs.
_known_to_be_installed = False


def is_installed() -> bool:
    """True once anyone has an account or the site has a name; no query after the first time it was true."""
    global _known_to_be_installed
    if not _known_to_be_installed:
        _known_to_be_installed = site_profile() is not None or get_user_model().objects.exists()
    return _known_to_be_installed


def finished_by(account: Mapping[str, str]) -> str:
    """The user name when just these answers became the administrator: no two have the same salted hash. Else ""."""
    own = get_user_model().objects.filter(username=account.get("username", ""), password=account.get("password", "-"))
    return account["username"] if own.exists() else ""


def forget_installed() -> None:
    """For tests, which empty the database under a running process."""
    global _known_to_be_installed
    _known_to_be_installed = False


def open_token() -> SetupToken | None:
    return SetupToken.objects.filter(pk=SetupToken.ONLY_ROW, used_at__isnull=True).first()
