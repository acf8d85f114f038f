"""The home page's own sections; a feature that lies lower offers its own through `registry`."""

from typing import Any

from django.http import HttpRequest

from portal.jurisdictions.selectors import chosen_division, full_names

from .selectors import latest_proposals


def latest(request: HttpRequest) -> dict[str, Any]:
    """最新建议: of the remembered division, or of everywhere where it has none yet."""
    division = chosen_division(request.COOKIES)
    proposals = latest_proposals(division) if division else []
    if not proposals:
        division, proposals = None, latest_proposals()
    return {
        "proposals": proposals,
        "division": division,
        "names": full_names([row.community or row.division for row in proposals]),
    }
