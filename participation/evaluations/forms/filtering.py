"""The filters of the published evaluations: only these names are read from an address, whatever else it holds."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import HandlingUnit
from portal.jurisdictions.forms import DivisionFilterForm
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places

from ..registry import kinds
from ..rules.periods import Period, period_of
from ..selectors import Chosen, periods_published, units_published

MANY_UNITS = 60


def period_in_words(period: Period) -> str:
    if period.quarter is None:
        return str(_("%d年")) % period.year
    return str(_("%(year)d年第%(quarter)d季度")) % {"year": period.year, "quarter": period.quarter}


class EvaluationFilterForm(DivisionFilterForm):
    """GET only. A value that means nothing is answered with an error by the field and shows nothing.

    Without `places` nothing is offered: files and feeds only read what was asked, at the price of that alone.
    """

    kind = forms.ChoiceField(label=_("评价类别"), required=False)
    unit = forms.ChoiceField(label=_("被评价单位"), required=False)
    period = forms.ChoiceField(label=_("期间"), required=False)

    def __init__(self, data: Any, *, places: Places | None = None, preferred: Iterable[Division] = ()) -> None:
        super().__init__(data, places=places, preferred=preferred)
        self._offer("kind", _("全部类别"), [(kind.key, kind.label) for kind in kinds()])
        periods = periods_published() if places is not None else []
        if (period := period_of(data.get("period") or "")) and period not in periods:
            periods = [period, *periods]
        self._offer("period", _("全部"), [(each.key, period_in_words(each)) for each in periods])
        self._offer_units(data.get("unit") or "", everything=places is not None)
        self.is_valid()

    def _offer(self, name: str, everything: Any, choices: list[tuple[str, Any]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", everything), *choices]

    def _offer_units(self, asked: str, *, everything: bool) -> None:
        units = list(units_published(self.asked)[: MANY_UNITS + 1]) if everything else []
        if self.asked is None and len(units) > MANY_UNITS:
            units = []
            self.fields["unit"].help_text = _("先选区划，再选单位。")
        if asked.isdecimal() and len(asked) < 10 and all(str(row.pk) != asked for row in units):
            units += list(HandlingUnit.objects.filter(pk=asked))
        self.units = {str(row.pk): row for row in units}
        self._offer("unit", _("全部单位"), [(key, row.name) for key, row in self.units.items()])

    @property
    def chosen(self) -> Chosen:
        value = self.cleaned_data.get
        return Chosen(
            division=self.place,
            unit=self.units.get(value("unit") or ""),
            kind=value("kind") or "",
            period=period_of(value("period") or ""),
        )

    @property
    def query(self) -> str:
        """The same selection for the other formats: "?division=…&kind=…", or nothing."""
        found = [(name, str(self.data.get(name))) for name in self.fields if self.cleaned_data.get(name)]
        return f"?{urlencode(found)}" if found else ""
