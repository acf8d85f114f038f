"""What the queue is narrowed by."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from portal.jurisdictions.models import Division

from .. import selectors
from ..models import STATE_LABELS, Review
from ..registry import owners
from ..rules import VIEW

ALL = "all"
TO_CONFIRM = "to_confirm"


class ReviewFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=gettext_lazy("类型"), choices=lambda: _kinds())
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("审核状态"),
        choices=[(ALL, gettext_lazy("全部")), (TO_CONFIRM, gettext_lazy("待复核")), *STATE_LABELS.items()],
        empty_label=gettext_lazy("待审核（默认）"),
        method="by_state",
    )
    division = django_filters.ModelChoiceFilter(
        label=gettext_lazy("区划"), queryset=Division.objects.none(), method="within"
    )
    claimed = django_filters.ChoiceFilter(
        label=gettext_lazy("领取"),
        choices=[
            ("mine", gettext_lazy("我领取的")),
            ("free", gettext_lazy("无人领取")),
            ("taken", gettext_lazy("已领取")),
        ],
        method="by_claim",
    )
    is_confidential = django_filters.ChoiceFilter(
        label=gettext_lazy("保密件"), choices=[("True", gettext_lazy("是")), ("False", gettext_lazy("否"))]
    )
    submitted_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("送审日期"), widget=DateRangePickerWidget)

    class Meta:
        model = Review
        fields = ["state", "kind", "division", "claimed", "is_confidential", "submitted_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["division"].queryset = _divisions_in_scope(self.request.user)

    def filter_queryset(self, queryset: Any) -> Any:
        """Without a chosen state only what waits."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.waiting()

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        if value == TO_CONFIRM:
            return rows.to_confirm()
        return rows if value == ALL else rows.filter(state=value)

    def within(self, rows: Any, name: str, value: Division) -> Any:
        return rows.filter(division__path__startswith=value.path)

    def by_claim(self, rows: Any, name: str, value: str) -> Any:
        if value == "mine":
            return rows.filter(claimed_by=self.request.user)
        return rows.filter(claimed_by__isnull=value == "free")


def _kinds() -> list[tuple[str, str]]:
    return [(kind, str(owner.label)) for kind, owner in owners().items()]


def _divisions_in_scope(user: Any) -> Any:
    rows = Division.objects.exclude(level=Division.Level.COMMUNITY).order_by("path")
    scope = selectors.scope_of(user, VIEW)
    if scope is None:
        return rows
    wanted = Division.objects.none()
    for division in scope:
        wanted = wanted | rows.filter(path__startswith=division.path)
    return wanted.distinct()
