"""{% load stations %}: what pages of stations and others show of them."""

import re
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ..models import LiaisonStation
from ..registry import sections

register = template.Library()


@register.filter
def dialled(phone: str) -> str:
    """The digits that a phone dials."""
    return re.sub(r"[^0-9+]", "", phone.replace("－", "-"))


@register.inclusion_tag("stations/nearest.html")
def nearest_stations() -> dict[str, Any]:
    """The button that asks where one is; only with scripts, only when it is pressed."""
    return {}


@register.simple_tag(takes_context=True)
def station_sections(context: template.Context, station: LiaisonStation) -> SafeString:
    """What higher features say about a station (`registry.register_section`)."""
    request, shown = context["request"], []
    for section in sections():
        if (values := section.context(request, station)) is not None:
            shown.append(render_to_string(section.template, values, request=request))
    return format_html_join("", "{}", ((each,) for each in shown))
