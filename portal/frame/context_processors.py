"""What base.html needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .modes import modes_of
from .navigation import bottom_bar_items, footer_links, navigation_items
from .redirects import address_exists, parent_path


def frame(request: HttpRequest) -> dict[str, Any]:
    """display modes, navigation, bottom bar, the way back; no query but the navigation's, where it is shown."""
    path = request.path
    return {
        "display_modes": modes_of(request),
        "navigation_items": SimpleLazyObject(lambda: navigation_items(path)),
        "bottom_bar_items": SimpleLazyObject(lambda: bottom_bar_items(path)),
        "search_page_url": "/search/" if address_exists("/search/") else "",
        "footer_links": footer_links(path),
        "back_url": parent_path(path),
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
