"""The first parts of addresses that are the portal's own."""

import re
from functools import lru_cache

from django.urls import get_resolver


@lru_cache(maxsize=1)
def reserved_slugs() -> frozenset[str]:
    """First path segments of every route, `admin` and `proposals` among them; includes are opened."""
    found = {"admin", "static", "media", "assets", "sw.js"}

    def walk(patterns: list, prefix: str) -> None:
        for each in patterns:
            route = prefix + str(each.pattern).lstrip("^")
            if hasattr(each, "url_patterns") and not re.match(r"[a-z]", route):
                walk(each.url_patterns, route)
            elif head := re.match(r"([a-z0-9][a-z0-9\-]*)(?:/|$|\\|\.)", route):
                found.add(head[1])

    walk(get_resolver().url_patterns, "")
    return frozenset(found)
