"""{% load jurisdictions %}: who runs the site, which division the visitor chose, and divisions' full names."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest

from .. import selectors
from ..models import Division, SiteProfile

register = template.Library()


def _kept(context: template.Context, name: str, read: Any) -> Any:
    """One read per request, however often a page asks."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return read()
    if not hasattr(request, name):
        setattr(request, name, read())
    return getattr(request, name)


@register.simple_tag(takes_context=True)
def site_profile(context: template.Context) -> SiteProfile | None:
    """`{% site_profile as site %}`; None until the set-up is done."""
    profile: SiteProfile | None = _kept(context, "_site_profile", selectors.site_profile)
    return profile


@register.simple_tag(takes_context=True)
def division_choice(context: template.Context) -> Division | None:
    """`{% division_choice as chosen %}`: the remembered division with `full_name`, or None."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return None
    chosen: Division | None = _kept(context, "_division_choice", lambda: selectors.chosen_division(request.COOKIES))
    return chosen


@register.simple_tag
def division_full_name(division: Division) -> str:
    """`{% division_full_name division %}`: 长沙市雨花区东山街道; a query each, so lists use `full_names`."""
    return selectors.full_name(division)


@register.inclusion_tag("jurisdictions/site_contact.html", takes_context=True)
def site_contact(context: template.Context) -> dict[str, Any]:
    """Who runs this and how to reach them, with the identifiers that are filled in; for the foot of a page."""
    return {"site": site_profile(context)}


@register.inclusion_tag("jurisdictions/staff_contact.html", takes_context=True)
def staff_contact(context: template.Context) -> dict[str, Any]:
    """“联系工作人员”: the first phone as a link, in one line."""
    return {"site": site_profile(context)}


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """`{{ labels|item:division.pk }}`; None for an unknown key."""
    return mapping.get(key)
