"""Values that only make sense together: both halves of a fraction, a minimum below its maximum."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

_FRACTIONS = ("quorum", "ratio_cadre", "ratio_institution", "ratio_women")
_ORDERED = (
    ("seat_min", "seat_max"),
    ("meetings_min", "meetings_max"),
    ("board_vice_min", "board_vice_max"),
    ("board_members_min", "board_members_max"),
    ("target_months", "limit_months"),
    ("inspections_year_min", "inspections_year_target"),
    ("visits_year_min", "visits_year_target"),
)


def contradictions(values: Mapping[str, Any]) -> dict[str, str]:
    """Chinese sentences by term key, for all values as they would be in force together; {} when all is well."""
    found: dict[str, str] = {}
    for name in _FRACTIONS:
        numerator, denominator = values.get(f"{name}_num"), values.get(f"{name}_den")
        if (numerator is None) != (denominator is None):
            found[f"{name}_num" if numerator is None else f"{name}_den"] = _("分子和分母要么都填，要么都留空。")
        elif numerator is not None and denominator is not None and numerator > denominator:
            found[f"{name}_num"] = _("分子不能大于分母。")
    for low, high in _ORDERED:
        smaller, larger = values.get(low), values.get(high)
        if smaller is not None and larger is not None and smaller > larger:
            found[high] = _("不能小于对应的下限 %(low)s。") % {"low": smaller}
    return found
