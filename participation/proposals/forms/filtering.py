"""The public list's filters: only these names are read from an address, whatever else it holds."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import NormalisedCharField
from portal.jurisdictions.forms import DivisionFilterForm
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places
from portal.search.text import query_terms

from ..models import Category, CategoryGroup
from ..models.proposal import STATE_LABELS
from ..querysets import ProposalQuerySet
from ..states import State

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
ORDERS = {"newest": "-published_at", "supported": "-support_count"}
_STATE_ORDER = [
    State.PUBLISHED, State.SCREENING, State.ADOPTED, State.NOT_ADOPTED, State.MERGED, State.WITHDRAWN,
    State.IMPORTED, State.REPLIED_IMPORTED,
]  # fmt: skip
# 已交办 is no state of its own: from there on the ledger has it
_STATES: list[tuple[str, Any]] = [(state.value, STATE_LABELS[state]) for state in _STATE_ORDER]
_STATES.insert(3, ("assigned", _("已交办")))


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ProposalFilterForm(DivisionFilterForm):
    """GET only. A value that means nothing is answered with an error by the field and narrows nothing."""

    q = NormalisedCharField(label=_("关键词"), required=False, max_length=60)
    category = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=[("", _("全部类别")), *[(g.value, g.label) for g in CategoryGroup if g != CategoryGroup.DISCIPLINE]],
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *_STATES],
    )
    since = forms.DateField(label=_("从"), required=False, widget=day_input())
    until = forms.DateField(label=_("到"), required=False, widget=day_input())
    order = forms.ChoiceField(
        label=_("排序"), required=False, choices=[("newest", _("最新公开")), ("supported", _("附议最多"))]
    )

    field_order = ["q"]

    def __init__(self, data: Any, *, places: Places, preferred: list[Division]) -> None:
        super().__init__(data, places=places, preferred=preferred)
        for name in ("since", "until"):
            self.fields[name].error_messages["invalid"] = _("请填写日期，例如 2026-03-10")
        # a staff label reached by a link (category=education) is a filter too
        asked_category = data.get("category") or ""
        if asked_category in Category.values and asked_category not in CategoryGroup.values:
            label = Category(asked_category).label
            field = cast(forms.ChoiceField, self.fields["category"])
            field.choices = [*field.choices, (asked_category, label)]  # type: ignore[misc]  # choices may be lazy, here they are a list
        self.is_valid()

    def clean_q(self) -> str:
        words = str(self.cleaned_data["q"])
        if words and not query_terms(words):
            raise forms.ValidationError(_("请输入要找的字或词"))
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("since", "until"):
            if (day := cleaned.get(name)) and not FIRST_DAY <= day <= LAST_DAY:
                self.add_error(name, _("请填写%(first)d年到%(last)d年之间的日期") % {"first": 1990, "last": 2100})
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("结束日期早于开始日期"))
        return cleaned

    @property
    def query(self) -> str:
        return str(self.cleaned_data.get("q") or "")

    @property
    def chosen_order(self) -> str:
        return self.cleaned_data.get("order") or "newest"

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "division", "category", "state", "since", "until"))

    @property
    def active(self) -> list[tuple[str, str, str]]:
        """(name, label, value) of what narrows the list, in words."""
        found = []
        for name in ("q", "division", "category", "state", "since", "until"):
            if value := self.cleaned_data.get(name):
                field = self.fields[name]
                choices: Any = field.choices if isinstance(field, forms.ChoiceField) else []
                found.append((name, str(field.label), str(dict(choices).get(value, value))))
        return found

    @property
    def narrows_beyond_words(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("division", "category", "state", "since", "until"))

    def narrowed(self, rows: ProposalQuerySet) -> ProposalQuerySet:
        value = self.cleaned_data.get
        if division := value("division"):
            rows = rows.in_division(division)
        if category := value("category"):
            rows = rows.in_category(category)
        if state := value("state"):
            rows = rows.in_state(state)
        since: date | None = value("since")
        until: date | None = value("until")
        if since or until:
            rows = rows.published_between(since, until)
        return rows
