"""The directory's filters: only these names are read from an address, whatever else it holds."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, division_by_code, divisions_matching

from .models import DeliberationVenue, LiaisonStation

MOST_PLACES = 20


class PlaceFilterForm(forms.Form):
    """GET only. A value that means nothing is answered with an error by the field and shows nothing."""

    division = forms.CharField(label=_("区划"), required=False)
    kind = forms.ChoiceField(label=_("类别"), required=False)
    kinds: list[tuple[str, Any]] = []

    def __init__(self, data: Any, *, places: Places, preferred: list[Division]) -> None:
        super().__init__(data)
        self.places = places
        asked = (data.get("division") or "").strip()
        self.asked = places.by_code.get(asked) or (division_by_code(asked) if asked.isalnum() else None)
        choices = places.filter_choices(self.asked, preferred)
        if self.asked and all(self.asked.key != code for _group, rows in choices for code, _name in rows):
            choices = [(str(_("当前")), [(self.asked.key, self.asked.name)]), *choices]
        self.fields["division"].widget = forms.Select(choices=[("", _("全部区划")), *choices])
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [("", _("全部类别")), *self.kinds]
        kind.error_messages["invalid_choice"] = _("请从列表中选择")
        self.is_valid()

    @property
    def is_narrowing(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def clean_division(self) -> str:
        code: str = self.cleaned_data["division"]
        if code and self.asked is None:
            raise forms.ValidationError(_("没有这个区划，请重新选择。"), code="unknown")
        return code

    def narrowed(self, rows: Any) -> Any:
        """The rows asked for; none while an answer is wrong."""
        if self.errors:
            return rows.none()
        if self.asked is not None:
            rows = rows.in_division(self.asked)
        if kind := self.cleaned_data["kind"]:
            rows = rows.filter(kind=kind)
        return rows


class VenueFilterForm(PlaceFilterForm):
    kinds = DeliberationVenue.Kind.choices


class StationFilterForm(PlaceFilterForm):
    """`q`: a community, a street, an address or a station's name, as one would say it."""

    q = forms.CharField(label=_("社区、街道或站名"), required=False, max_length=40)
    kinds = LiaisonStation.Kind.choices
    field_order = ["q", "division", "kind"]

    def narrowed(self, rows: Any) -> Any:
        rows = super().narrowed(rows)
        words = "" if self.errors else self.cleaned_data["q"].strip()
        return rows.filter(self._around(words)) if words else rows

    def _around(self, words: str) -> Q:
        """Stations called so or standing there; of a community typed, those of its street."""
        wanted = Q(title__icontains=words) | Q(address__icontains=words)
        for division in divisions_matching(words, MOST_PLACES):
            street = self.places.subdistrict_of(division) or division
            wanted |= Q(division__path__startswith=street.path)
        return wanted
