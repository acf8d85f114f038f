"""Choosing one of some two hundred subdistricts: first the county, then the subdistrict, then the community."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, communities_of


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
