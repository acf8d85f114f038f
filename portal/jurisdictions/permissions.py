"""Who may look at and change divisions, terms and the site's own particulars.

Accounts supplies the scoped answer: these codenames are granted to roles there (docs/jurisdictions.md).
"""

from typing import Any

from .models import Division


def user_can_view_terms(user: Any) -> bool:
    """Terms are no secret; the staff screen is for staff."""
    return user.has_perm("wagtailadmin.access_admin")


def user_can_change_terms(user: Any, division: Division) -> bool:
    return user.has_perm("jurisdictions.add_termsperiod", division)


def user_can_change_site_profile(user: Any) -> bool:
    return user.has_perm("jurisdictions.change_siteprofile")


def user_can_import_divisions(user: Any) -> bool:
    return user.has_perm("jurisdictions.add_division")
