"""Whether this install is still empty."""

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


def forget_installed() -> None:
    """For tests, which empty the database under a running process."""
    global _known_to_be_installed
    _known_to_be_installed = False


def open_token() -> SetupToken | None:
    return SetupToken.objects.filter(pk=SetupToken.ONLY_ROW, used_at__isnull=True).first()
