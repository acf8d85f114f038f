"""The public list's filters: only these names are read from an address, whatever else it holds."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import HandlingUnit
from portal.jurisdictions.forms import DivisionFilterForm
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places

from ..querysets import OfficeAppraisalQuerySet
from ..selectors import units_appraised, years_appraised
from ..states import State

MANY_UNITS = 60
STAGES = {
    "going": (
        _("进行中"),
        (State.REPORT_PUBLISHED, State.MEETING, State.RATING_OPEN, State.COUNTED, State.RESULT_CONFIRMED,
         State.DISPATCHED),
    ),
    "published": (_("评议结果已公开"), (State.PUBLISHED,)),
    "archived": (_("已归档"), (State.ARCHIVED,)),
    "cancelled": (_("已取消"), (State.CANCELLED,)),
}  # fmt: skip


class AppraisalFilterForm(DivisionFilterForm):
    """GET only. A value that means nothing is answered with an error by the field and shows nothing."""

    year = forms.ChoiceField(label=_("年度"), required=False)
    unit = forms.ChoiceField(label=_("被评议单位"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, data: Any, *, places: Places, preferred: list[Division]) -> None:
        super().__init__(data, places=places, preferred=preferred)
        self._offer("year", _("全部年度"), [(str(year), str(year)) for year in years_appraised()])
        self._offer("state", _("全部状态"), [(key, label) for key, (label, _states) in STAGES.items()])
        self._offer_units(data.get("unit") or "")
        self.is_valid()

    def _offer(self, name: str, everything: Any, choices: list[tuple[str, Any]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", everything), *choices]
        field.error_messages["invalid_choice"] = _("请从列表中选择")

    def _offer_units(self, asked: str) -> None:
        units = list(units_appraised(self.asked)[: MANY_UNITS + 1])
        if self.asked is None and len(units) > MANY_UNITS:
            units = []
            self.fields["unit"].help_text = _("先选区划，再选单位。")
        if asked.isdecimal() and len(asked) < 10 and all(str(row.pk) != asked for row in units):
            units += list(HandlingUnit.objects.filter(pk=asked))
        self._offer("unit", _("全部单位"), [(str(row.pk), row.name) for row in units])

    def narrowed(self, rows: OfficeAppraisalQuerySet) -> OfficeAppraisalQuerySet:
        value = self.cleaned_data.get
        if self.errors:
            return rows.none()
        if division := value("division"):
            rows = rows.in_division(division)
        if year := value("year"):
            rows = rows.filter(year=year)
        if unit := value("unit"):
            rows = rows.filter(unit=unit)
        if state := value("state"):
            rows = rows.filter(state__in=[each.value for each in STAGES[state][1]])
        return rows
