"""The public directory's filters: only these names are read from an address, whatever else it holds."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import NormalisedCharField
from portal.jurisdictions.forms import DivisionFilterForm
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places

from ..models import ElectoralDistrict, Level
from ..querysets import DeputyQuerySet
from ..selectors import districts_for_filter


class DirectoryFilterForm(DivisionFilterForm):
    """GET only. A value that means nothing is answered with an error by the field and shows nobody."""

    q = NormalisedCharField(label=_("姓名或选区"), required=False, max_length=40)
    level = forms.ChoiceField(label=_("代表层级"), required=False, choices=[("", _("全部层级")), *Level.choices])
    district = forms.ChoiceField(label=_("选区（选举单位）"), required=False)
    leading = forms.BooleanField(label=_("只看领导干部代表"), required=False)
    state = forms.ChoiceField(
        label=_("任期"), required=False, choices=[("", _("在任")), ("former", _("已离任")), ("all", _("在任和已离任"))]
    )

    field_order = ["q"]

    def __init__(self, data: Any, *, places: Places, preferred: list[Division]) -> None:
        super().__init__(data, places=places, preferred=preferred)
        self._offer_districts(data.get("district") or "")
        self.is_valid()

    def _offer_districts(self, asked: str) -> None:
        rows = districts_for_filter(self.asked)
        if asked.isdecimal() and len(asked) < 10 and all(str(row.pk) != asked for row in rows):
            rows += list(ElectoralDistrict.objects.filter(pk=asked))
        field = cast(forms.ChoiceField, self.fields["district"])
        field.choices = [
            ("", _("全部选区")),
            *((str(row.pk), f"{row.name}（{row.get_level_display()}）") for row in rows),
        ]
        if not rows:
            field.help_text = _("先选区划，再选选区。")

    @property
    def query(self) -> str:
        return str(self.cleaned_data.get("q") or "")

    def narrowed(self, rows: DeputyQuerySet, on: date) -> DeputyQuerySet:
        """Without the words: those are the search's."""
        value = self.cleaned_data.get
        if self.errors:
            return rows.none()
        state = value("state")
        rows = rows.public(on) if state == "all" else rows.former(on) if state == "former" else rows.in_office(on)
        if division := value("division"):
            rows = rows.of_place(division)
        if level := value("level"):
            rows = rows.of_level(level)
        if district := value("district"):
            rows = rows.filter(district=district)
        if value("leading"):
            rows = rows.filter(is_leading_cadre=True)
        return rows
