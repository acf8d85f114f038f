"""Choosing one of some two hundred subdistricts: first the county, then the subdistrict, then the community."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.models import Division

# as many as may stand in one list; more are asked for in two steps
FEW = 24
Choices = list[tuple[str, Any]]


def communities_of(division: Division) -> list[Division]:
    return list(division.children.filter(level=Division.Level.COMMUNITY))


@dataclass(frozen=True)
class Places:
    """What the site serves: subdistricts with their counties, in the order of the tree."""

    divisions: list[Division]
    counties: list[Division] = field(init=False)
    by_code: dict[str, Division] = field(init=False)

    def __post_init__(self) -> None:
        parents = {d.parent.key: d.parent for d in self.divisions if d.parent and len(self.divisions) > 1}
        object.__setattr__(self, "counties", list(parents.values()))
        object.__setattr__(self, "by_code", {**parents, **{division.key: division for division in self.divisions}})

    @property
    def is_in_two_steps(self) -> bool:
        return len(self.divisions) > FEW and len(self.counties) > 1

    def is_county(self, division: Division) -> bool:
        return any(county.pk == division.pk for county in self.counties)

    def county(self, code: str) -> Division | None:
        return next((county for county in self.counties if county.key == code), None)

    def county_of(self, division: Division) -> Division | None:
        """The county it is or lies in."""
        return next((county for county in self.counties if division.path.startswith(county.path)), None)

    def subdistrict_of(self, division: Division) -> Division | None:
        """The subdistrict it is or lies in; None for a county and for what this site does not serve."""
        return next((row for row in self.divisions if division.path.startswith(row.path)), None)

    def within(self, county: Division) -> list[Division]:
        return [row for row in self.divisions if row.parent_id == county.pk]

    def found(self, words: str) -> list[Division]:
        return [row for row in self.divisions if words and words in row.name][:FEW]

    # --- Choices ---------------------------------------------------------------------------------------------
    def question(self, county: Division | None, found: list[Division]) -> Choices:
        """The radio buttons of the next question: what was found by name, a county's subdistricts, or the counties."""
        if found:
            return [(row.key, f"{row.name}（{row.parent.name}）" if row.parent else row.name) for row in found]
        if county is None and self.is_in_two_steps:
            return [(row.key, row.name) for row in self.counties]
        inside = self.within(county) if county else self.divisions
        unsure = [county] if county else self.counties
        if len(unsure) > 1:
            listed = [(row.key, f"{row.name}（{row.parent.name}）" if row.parent else row.name) for row in inside]
            return listed + [(row.key, _("%s，不清楚是哪个街道") % row.name) for row in unsure]
        return [(row.key, row.name) for row in inside] + [(row.key, _("不清楚是哪个街道")) for row in unsure]

    def filter_choices(self, chosen: Division | None, preferred: list[Division]) -> Choices:
        """For a filter: the visitor's own first, then all counties, then the subdistricts of the chosen county."""
        counties = [(row.key, row.name) for row in self.counties]
        groups: Choices = [(str(_("常用")), [(row.key, row.name) for row in preferred])] if preferred else []
        county = self.county_of(chosen) if chosen else None
        if not self.is_in_two_steps:
            for row in self.counties:
                whole = (row.key, _("%s（全部）") % row.name)
                groups.append((row.name, [whole, *((each.key, each.name) for each in self.within(row))]))
            if not self.counties:
                groups.append((str(_("街道（乡镇）")), [(each.key, each.name) for each in self.divisions]))
            return groups
        if county:
            rows = [(row.key, row.name) for row in self.within(county)]
            groups.append((_("%s的街道（乡镇）") % county.name, rows))
        return [*groups, (str(_("区、县（市）")), counties)]


class PlaceForm(forms.Form):
    """第二步. The community is asked for once the subdistrict is known."""

    division = forms.CharField(error_messages={"required": _("请选择一项")})
    # the county whose subdistricts are shown: choosing the county itself then means "I do not know which"
    county = forms.CharField(required=False, widget=forms.HiddenInput)
    community = forms.CharField(label=_("哪个社区（村）？"), required=False)

    def __init__(
        self,
        *args: Any,
        places: Places,
        chosen: Division | None = None,
        county: Division | None = None,
        found: list[Division] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.communities: dict[str, Division] = {}
        if chosen is None:
            asks_county = places.is_in_two_steps and county is None and not found
            question = self.fields["division"]
            question.label = _("事情发生在哪个区、县（市）？") if asks_county else _("事情发生在哪个街道（乡镇）？")
            question.widget = forms.RadioSelect(choices=places.question(county, found or []))
            self.fields["county"].initial = county.key if county else ""
            del self.fields["community"]
            return
        self.communities = {row.key: row for row in communities_of(chosen)}
        self.fields["division"].widget = forms.HiddenInput()
        self.fields["community"].widget = (
            forms.Select(choices=[("", _("不清楚")), *((code, row.name) for code, row in self.communities.items())])
            if self.communities
            else forms.HiddenInput()
        )

    def clean_division(self) -> Division:
        division = self.places.by_code.get(self.cleaned_data["division"].strip())
        if division is None:
            raise forms.ValidationError(_("请从列表中选择"))
        return division

    def clean_community(self) -> Division | None:
        code = self.cleaned_data["community"]
        if code and code not in self.communities:
            raise forms.ValidationError(_("请从列表中选择社区（村），不清楚就选“不清楚”"))
        return self.communities.get(code)

    @property
    def leads_to_its_subdistricts(self) -> bool:
        """A county answered to the first of two questions is not an answer yet."""
        division = self.cleaned_data["division"]
        is_first = self.places.is_in_two_steps and self.cleaned_data.get("county") != division.key
        return is_first and "community" not in self.fields and self.places.is_county(division)
