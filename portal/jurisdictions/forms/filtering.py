"""The filter that every public list has: ?division=CODE, with everything below it (decisions 20)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Division
from ..selectors import Places, division_by_code


class DivisionFilterForm(forms.Form):
    """GET only. A value that means nothing is answered with an error by the field.

    A list adds its own fields, offers their choices after `super().__init__` and calls `is_valid()`. `asked` is the
    division that the address names, whether or not the visitor's site serves it; without `places` none is offered.
    """

    division = forms.CharField(label=_("区划"), required=False)

    def __init__(self, data: Any, *, places: Places | None = None, preferred: Iterable[Division] = ()) -> None:
        super().__init__(data)
        asked = (data.get("division") or "").strip()
        known = places.by_code.get(asked) if places else None
        self.asked = known or (division_by_code(asked) if asked.isalnum() else None)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("请从列表中选择")
        if places is not None:
            self._offer_places(places, list(preferred))

    def _offer_places(self, places: Places, preferred: list[Division]) -> None:
        field, choices = self.fields["division"], places.filter_choices(self.asked, preferred)
        if self.asked and all(self.asked.key != code for _group, rows in choices for code, _name in rows):
            # a city or community reached by a link: offered as it stands
            choices = [(str(_("当前")), [(self.asked.key, self.asked.name)]), *choices]
        field.widget = forms.Select(choices=[("", _("全部区划")), *choices])
        if places.is_in_two_steps and not (self.asked and places.county_of(self.asked)):
            field.help_text = _("先选区县看结果，再选街道。")

    def clean_division(self) -> Division | None:
        if not self.cleaned_data["division"].strip():
            return None
        if self.asked is None:
            raise forms.ValidationError(_("没有这个区划，请从列表中选择"))
        return self.asked

    @property
    def place(self) -> Division | None:
        """The division asked for, once it was found."""
        found: Division | None = self.cleaned_data.get("division") or None
        return found

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)
