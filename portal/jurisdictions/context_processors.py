"""The site's own name in every page, in place of the one in settings, once the set-up has given it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .selectors import site_profile


def site(request: HttpRequest) -> dict[str, Any]:
    """`site_name`, read when a page prints it; the profile is shared with the template tags."""

    def name() -> str:
        if not hasattr(request, "_site_profile"):
            request._site_profile = site_profile()  # type: ignore[attr-defined]
        profile = request._site_profile  # type: ignore[attr-defined]
        return str(profile.site_name if profile else settings.WAGTAIL_SITE_NAME)

    return {"site_name": SimpleLazyObject(name)}
