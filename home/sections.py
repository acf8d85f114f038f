"""The home page's own sections; a feature that lies lower offers its own through `registry`."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from .selectors import home_division, latest_proposals


def latest(request: HttpRequest) -> dict[str, Any] | None:
    """最新建议: of the chosen division, or of everywhere."""
    try:
        list_url = reverse("proposals:list")
    except NoReverseMatch:
        return None
    division = home_division(request)
    if division is not None and division.code:
        list_url += f"?division={division.code}"
    return {"proposals": latest_proposals(division), "division": division, "list_url": list_url}
