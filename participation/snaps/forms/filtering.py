"""The public list's filters: only these names are read from an address, whatever else it holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.ledger.models import CategoryGroup
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, division_by_code

from ..models import STATE_LABELS
from ..querysets import SnapQuerySet
from ..states import PUBLIC, State


class SnapFilterForm(forms.Form):
    """GET only. A value that means nothing is answered with an error by the field and shows nothing."""

    division = forms.CharField(label=_("区划"), required=False)
    category = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=[("", _("全部类别")), *[(g.value, g.label) for g in CategoryGroup if g != CategoryGroup.DISCIPLINE]],
        error_messages={"invalid_choice": _("请从列表中选择")},
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *[(each.value, STATE_LABELS[each]) for each in State if each in PUBLIC]],
        error_messages={"invalid_choice": _("请从列表中选择")},
    )

    def __init__(self, data: Any, *, places: Places, preferred: list[Division]) -> None:
        super().__init__(data)
        asked = (data.get("division") or "").strip()
        self.asked = places.by_code.get(asked) or (division_by_code(asked) if asked.isalnum() else None)
        choices = places.filter_choices(self.asked, preferred)
        if self.asked and all(self.asked.key != code for _group, rows in choices for code, _name in rows):
            choices = [(str(_("当前")), [(self.asked.key, self.asked.name)]), *choices]
        self.fields["division"].widget = forms.Select(choices=[("", _("全部区划")), *choices])
        self.is_valid()

    def clean_division(self) -> Division | None:
        if not self.cleaned_data["division"].strip():
            return None
        if self.asked is None:
            raise forms.ValidationError(_("没有这个区划，请从列表中选择"))
        return self.asked

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrowed(self, rows: SnapQuerySet) -> SnapQuerySet:
        value = self.cleaned_data.get
        if self.errors:
            return rows.none()
        if division := value("division"):
            rows = rows.in_division(division)
        if category := value("category"):
            rows = rows.in_category(category)
        if state := value("state"):
            rows = rows.in_state(state)
        return rows
