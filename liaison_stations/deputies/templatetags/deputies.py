"""{% load deputies %}: the deputies of a place, on any page of an upper floor."""

from typing import Any

from django import template

from portal.jurisdictions.models import Division

from ..models import ElectoralDistrict
from ..selectors import deputies_in_office

register = template.Library()
SHOWN = 12


@register.inclusion_tag("deputies/deputies_here.html")
def deputies_here(division: Division, district: ElectoralDistrict | None = None, level: int = 2) -> dict[str, Any]:
    """Who is in office for this place, or was elected in this district; two queries, nothing while there is nobody."""
    rows = deputies_in_office()
    rows = rows.filter(district=district) if district is not None else rows.of_place(division)
    found = list(rows.order_by("rank", "pk")[:SHOWN])
    return {"deputies": found, "division": division, "district": district, "level": level}
