"""The public directory's filters: only these names are read from an address, whatever else it holds."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import NormalisedCharField
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, division_by_code

from ..models import ElectoralDistrict, Level
from ..querysets import DeputyQuerySet
from ..selectors import districts_for_filter


class DirectoryFilterForm(forms.Form):
    """GET only. A value that means nothing is answered with an error by the field and shows nobody."""

    q = NormalisedCharField(label=_("姓名或选区"), required=False, max_length=40)
    division = forms.CharField(label=_("区划"), required=False)
    level = forms.ChoiceField(label=_("代表层级"), required=False, choices=[("", _("全部层级")), *Level.choices])
    district = forms.ChoiceField(label=_("选区（选举单位）"), required=False)
    leading = forms.BooleanField(label=_("只看领导干部代表"), required=False)
    state = forms.ChoiceField(
        label=_("任期"), required=False, choices=[("", _("在任")), ("former", _("已离任")), ("all", _("在任和已离任"))]
    )

    def __init__(self, data: Any, *, places: Places, preferred: list[Division]) -> None:
        super().__init__(data)
        self.chosen: Division | None = None
        for name in ("level", "district", "state"):
            self.fields[name].error_messages["invalid_choice"] = _("请从列表中选择")
        asked = (data.get("division") or "").strip()
        self.asked = places.by_code.get(asked) or (division_by_code(asked) if asked.isalnum() else None)
        choices = places.filter_choices(self.asked, preferred)
        if self.asked and all(self.asked.key != code for _group, rows in choices for code, _name in rows):
            choices = [(str(_("当前")), [(self.asked.key, self.asked.name)]), *choices]
        self.fields["division"].widget = forms.Select(choices=[("", _("全部区划")), *choices])
        if places.is_in_two_steps and not (self.asked and places.county_of(self.asked)):
            self.fields["division"].help_text = _("先选区县看结果，再选街道。")
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

    def clean_division(self) -> Division | None:
        if not self.cleaned_data["division"].strip():
            return None
        self.chosen = self.asked
        if self.chosen is None:
            raise forms.ValidationError(_("没有这个区划，请从列表中选择"))
        return self.chosen

    @property
    def query(self) -> str:
        return str(self.cleaned_data.get("q") or "")

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

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
