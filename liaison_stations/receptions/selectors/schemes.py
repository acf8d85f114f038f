"""Which scheme holds where and when: the nearest row up the tree, else what the terms say of it."""

from dataclasses import dataclass
from datetime import date

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import terms_in_force

from ..models import ReceptionScheme
from ..rules.presets import DEFAULT, PRESETS
from ..rules.scheme import Requirement


@dataclass(frozen=True)
class SchemeInForce:
    """`row` is None where nobody has entered one: then the preset that the terms name, never confirmed."""

    label: str
    preset: str
    requirements: tuple[Requirement, ...]
    is_confirmed: bool = False
    row: ReceptionScheme | None = None


def scheme_in_force(division: Division, on: date) -> SchemeInForce | None:
    """None where neither a scheme nor the terms ask for anything."""
    rows = ReceptionScheme.objects.over(division).in_force(on).select_related("division")
    found = max(
        rows.prefetch_related("requirements"),
        key=lambda row: (len(row.division.path), row.effective_from),
        default=None,
    )
    if found is not None:
        requirements = tuple(each.as_rule() for each in found.requirements.all())
        return SchemeInForce(found.label, found.preset, requirements, found.confirmed, found)
    terms = terms_in_force(division, on)
    if not terms["reception_label"]:
        return None
    preset = terms["reception_scheme"] or DEFAULT
    return SchemeInForce(terms["reception_label"], preset, PRESETS[preset])
