"""The public ledger's filters: only these names are read from an address, whatever else it holds."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import HandlingUnit
from portal.jurisdictions.forms import DivisionFilterForm
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places

from ..models import STAGE_LABELS, Category, CategoryGroup, Source
from ..querysets import LedgerItemQuerySet
from ..selectors import units_for_filter
from ..states import STAGES, Stage

_STAGE_CHOICES = [(stage.value, STAGE_LABELS[stage]) for stage in Stage if stage != Stage.VOIDED]


class LedgerFilterForm(DivisionFilterForm):
    """GET only. A value that means nothing is answered with an error by the field and narrows nothing."""

    unit = forms.ChoiceField(label=_("承办单位"), required=False)
    category = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=[("", _("全部类别")), *[(g.value, g.label) for g in CategoryGroup if g != CategoryGroup.DISCIPLINE]],
    )
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部状态")), *_STAGE_CHOICES])
    source = forms.ChoiceField(label=_("来源"), required=False, choices=[("", _("全部来源")), *Source.choices])
    overdue = forms.BooleanField(label=_("只看已超期的"), required=False)

    def __init__(self, data: Any, *, places: Places, preferred: list[Division]) -> None:
        super().__init__(data, places=places, preferred=preferred)
        self._offer_units(data.get("unit") or "")
        asked_category = data.get("category") or ""
        if asked_category in Category.values and asked_category not in CategoryGroup.values:
            field = cast(forms.ChoiceField, self.fields["category"])
            field.choices = [*field.choices, (asked_category, Category(asked_category).label)]  # type: ignore[misc]  # choices may be lazy, here they are a list
        self.is_valid()

    def _offer_units(self, asked: str) -> None:
        units = units_for_filter(self.asked)
        choices: list[tuple[str, Any]] = [("", _("全部单位")), *((str(row.pk), row.name) for row in units)]
        if asked.isdecimal() and len(asked) < 10 and all(asked != value for value, _name in choices):
            linked = HandlingUnit.objects.filter(pk=asked).first()
            choices += [(asked, linked.name)] if linked else []
        field = cast(forms.ChoiceField, self.fields["unit"])
        field.choices = choices
        if not units and self.asked is None:
            field.help_text = _("先选区划，再选单位。")

    @property
    def shows_overdue(self) -> bool:
        return bool(self.cleaned_data.get("overdue"))

    @property
    def order(self) -> str:
        """What is late longest comes first among the late; otherwise the newest."""
        return "due_on" if self.shows_overdue else "-published_at"

    def narrowed(self, rows: LedgerItemQuerySet) -> LedgerItemQuerySet:
        value = self.cleaned_data.get
        if division := value("division"):
            rows = rows.in_division(division)
        if unit := value("unit"):
            rows = rows.filter(unit=unit)
        if category := value("category"):
            rows = rows.in_category(category)
        if stage := value("state"):
            rows = rows.filter(state__in=STAGES[Stage(stage)])
        if source := value("source"):
            rows = rows.filter(source=source)
        if self.shows_overdue:
            rows = rows.overdue(timezone.localdate())
        return rows
