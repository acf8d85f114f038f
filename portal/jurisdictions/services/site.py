"""Who runs the site: one row, every change in the trail."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.trail.services import record

from ..models import SiteProfile
from ..permissions import user_can_change_site_profile
from ..selectors import forget_terms

# Their values may name a person; the trail says only that they changed.
_UNQUOTED = {"phones", "email", "address"}


def save_site_profile(*, values: dict[str, Any], actor: Any = None) -> SiteProfile:
    """Writes the given fields, cleaned by `SiteProfileForm`; creates the row on the first call."""
    if actor is not None and not user_can_change_site_profile(actor):
        raise PermissionDenied
    with transaction.atomic():
        profile = SiteProfile.objects.select_for_update().filter(pk=SiteProfile.ONLY_ROW).first() or SiteProfile()
        is_new = profile._state.adding
        changed = {name: value for name, value in values.items() if is_new or getattr(profile, name) != value}
        if not changed:
            return profile
        before = {name: _as_text(getattr(profile, name)) for name in changed if name not in _UNQUOTED}
        for name, value in changed.items():
            setattr(profile, name, value)
        profile.save(force_insert=is_new)
        record(
            subject_kind="site_profile",
            subject_key="site",
            verb="created" if is_new else "changed",
            actor=actor,
            detail={
                "fields": sorted(changed),
                "before": {} if is_new else before,
                "after": {name: _as_text(value) for name, value in changed.items() if name not in _UNQUOTED},
            },
        )
    forget_terms()
    return profile


def _as_text(value: Any) -> str | bool:
    return value if isinstance(value, bool) else str(getattr(value, "key", None) or value or "")
