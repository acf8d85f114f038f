"""The directory's filters: only these names are read from an address, whatever else it holds."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.forms import DivisionFilterForm
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, divisions_matching

from .models import DeliberationVenue, LiaisonStation

MOST_PLACES = 20


class PlaceFilterForm(DivisionFilterForm):
    """What stands somewhere, by kind. A value that means nothing shows nothing."""

    kind = forms.ChoiceField(label=_("类别"), required=False)
    kinds: list[tuple[str, Any]] = []

    def __init__(self, data: Any, *, places: Places, preferred: Iterable[Division] = ()) -> None:
        super().__init__(data, places=places, preferred=preferred)
        self.places = places
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", _("全部类别")), *self.kinds]
        self.is_valid()

    def narrowed(self, rows: Any) -> Any:
        """The rows asked for; none while an answer is wrong."""
        if self.errors:
            return rows.none()
        if self.place is not None:
            rows = rows.in_division(self.place)
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
