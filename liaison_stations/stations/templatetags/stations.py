"""{% load stations %}: what pages of stations and others show of them."""

import re
from typing import Any

from django import template

register = template.Library()


@register.filter
def dialled(phone: str) -> str:
    """The digits that a phone dials."""
    return re.sub(r"[^0-9+]", "", phone.replace("－", "-"))


@register.inclusion_tag("stations/nearest.html")
def nearest_stations() -> dict[str, Any]:
    """The button that asks where one is; only with scripts, only when it is pressed."""
    return {}
