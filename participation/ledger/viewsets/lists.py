"""The start page with panels and one's own work, the list with its filters, and bulk assign."""

from datetime import date
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from participation.moderation.rules import Refused
from participation.moderation.selectors import scope_of
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.rules import paths_up

from .. import services
from ..forms import BulkAssignForm
from ..models import STATE_LABELS, Category, LedgerItem, Priority, Source
from ..permissions import MANAGE
from ..rules.clock import remaining_in_words
from ..selectors import figures
from ..selectors.clocks import clocks_of
from ..selectors.work import ALL_PANELS, by_urgency, for_clocks, narrowed, state_in_words
from ..states import WITH_UNIT, State
from .access import WorkplaceOnly, own_panels_of, rows_for, works_as_unit

PER_PAGE = 20


class HomeView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    """What waits, most urgent first."""

    template_name = "ledger/admin/home.html"
    header_icon = "list-ul"

    def get_page_title(self) -> str:
        return _("我的事项") if works_as_unit(self.request.user) else _("台账")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows, units = rows_for(user), own_panels_of(user)
        work = by_urgency(rows, units)
        page = Paginator(work, PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "figures": figures(rows, units=units),
            "page": page,
            "is_unit": bool(units),
            "index_url": reverse("ledger_admin:index"),
        }


def _units_in_scope(user: Any) -> Any:
    """Units that lead something in sight, or belong to the divisions in scope."""
    rows = rows_for(user)
    near = Q(pk__in=rows.filter(unit__isnull=False).values("unit"))
    return HandlingUnit.objects.filter(near).select_related("division").order_by("division__path", "pk")


class LedgerFilters(WagtailFilterSet):
    panel = django_filters.ChoiceFilter(
        label=gettext_lazy("待办"),
        choices=[(key, label) for key, (label, _narrow) in ALL_PANELS.items()],
        method="by_panel",
    )
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("状态"), choices=[(state.value, label) for state, label in STATE_LABELS.items()]
    )
    unit = django_filters.ModelChoiceFilter(label=gettext_lazy("承办单位"), queryset=HandlingUnit.objects.none())
    source = django_filters.ChoiceFilter(label=gettext_lazy("来源"), choices=Source.choices)
    category = django_filters.ChoiceFilter(label=gettext_lazy("类别"), choices=Category.choices)
    priority = django_filters.ChoiceFilter(label=gettext_lazy("等次"), choices=Priority.choices)
    raised_on = django_filters.DateFromToRangeFilter(label=gettext_lazy("提出日期"), widget=DateRangePickerWidget)
    assigned_on = django_filters.DateFromToRangeFilter(label=gettext_lazy("交办日期"), widget=DateRangePickerWidget)

    class Meta:
        model = LedgerItem
        fields = ["panel", "state", "unit", "source", "category", "priority", "raised_on", "assigned_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["unit"].queryset = _units_in_scope(self.request.user)

    def by_panel(self, rows: Any, name: str, value: str) -> Any:
        return narrowed(rows, value, own_panels_of(self.request.user))


class TickColumn(BaseColumn):
    """The checkbox of a row that can be assigned; its form stands round the table."""

    header_template_name = "moderation/tick_header.html"
    cell_template_name = "ledger/admin/tick_cell.html"


class ClockColumn(BaseColumn):
    cell_template_name = "ledger/admin/clock_cell.html"


TICKED = {State.ASSIGNING, State.REASSIGN, State.CLOSED_OFF, *WITH_UNIT}  # to be assigned, or to go into a letter
SEARCHED = ("reference", "title", "summary", "owner_name")


def searched(rows: Any, words: str | None) -> Any:
    """By number and by words; the export searches as the list does."""
    words = (words or "").strip()
    if not words:
        return rows
    wanted = Q()
    for name in SEARCHED:
        wanted |= Q(**{f"{name}__icontains": words})
    return rows.filter(wanted)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


class LedgerIndexView(WorkplaceOnly, generic.IndexView):
    model = LedgerItem
    page_title = gettext_lazy("台账")
    header_icon = "list-ul"
    template_name = "ledger/admin/item_list.html"
    results_template_name = "ledger/admin/item_list_results.html"
    index_url_name = "ledger_admin:index"
    index_results_url_name = "ledger_admin:index_results"
    any_permission_required = None
    filterset_class = LedgerFilters
    search_fields = SEARCHED
    search_backend_name = None
    paginate_by = PER_PAGE
    default_ordering = "-created_at"

    @cached_property
    def columns(self) -> list[Any]:
        ticks = [TickColumn("tick", label=gettext_lazy("选择"))] if self.may_assign else []
        return [
            *ticks,
            TitleColumn("reference", label=gettext_lazy("台账编号"), accessor="reference", get_url=self.item_url),
            Column("title", label=gettext_lazy("事项"), accessor="title", classname="listing-lead"),
            StatusTagColumn("state", label=gettext_lazy("状态"), accessor=state_in_words),
            ClockColumn("clock", label=gettext_lazy("办理时限")),
            Column("unit", label=gettext_lazy("承办单位"), accessor=lambda item: item.unit or ""),
            Column("owner_name", label=gettext_lazy("责任人"), accessor="owner_name"),
            Column("source", label=gettext_lazy("来源"), accessor="get_source_display"),
            Column(
                "raised_on",
                classname="ledger-day",
                label=gettext_lazy("提出日期"),
                accessor=lambda item: _day(item.raised_on),
                sort_key="raised_on",
            ),
            Column(
                "assigned_on",
                classname="ledger-day",
                label=gettext_lazy("交办日期"),
                accessor=lambda item: _day(item.assigned_on),
                sort_key="assigned_on",
            ),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The export takes the list as it is filtered now."""
        query = self.request.GET.urlencode()
        url = reverse("ledger_admin:sheet") + (f"?{query}" if query else "")
        buttons = [HeaderButton(_("导出和打印"), url=url, icon_name="download", priority=5)]
        if self.may_assign:
            buttons.append(HeaderButton(_("登记事项"), url=reverse("ledger_admin:add"), icon_name="plus", priority=4))
            buttons.append(HeaderButton(_("导入"), url=reverse("ledger_admin:paper"), icon_name="upload", priority=6))
            letters = reverse("ledger_letters:add")
            buttons.append(HeaderButton(_("新建公文"), url=letters, icon_name="doc-full", priority=7))
        return [*super().header_buttons, *buttons]

    @cached_property
    def may_assign(self) -> bool:
        return bool(self.request.user.has_perm(MANAGE))

    def item_url(self, item: LedgerItem) -> str:
        return reverse("ledger_admin:item", args=[item.pk])

    def get_base_queryset(self) -> Any:
        return rows_for(self.request.user)

    @cached_property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset: Any) -> Any:
        return searched(queryset, self.search_query if self.is_searching else "")

    def order_queryset(self, queryset: Any) -> Any:
        ordering = self.ordering or self.default_ordering
        return queryset.order_by(ordering, "-pk" if ordering.startswith("-") else "pk")

    def get_table(self, object_list: Any) -> Any:
        rows: list[Any] = list(for_clocks(object_list) if hasattr(object_list, "select_related") else object_list)
        clocks = clocks_of(rows)
        for item in rows:
            item.clock = clocks[item.pk]
            item.remaining = remaining_in_words(item.clock, item.clock.is_stopped)
            item.can_be_ticked = item.state in TICKED
        return super().get_table(rows)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.may_assign:
            context["bulk_form"] = BulkAssignForm(units=bulk_units(self.request.user), auto_id="bulk-%s")
        return context


def bulk_units(user: Any) -> Any:
    """Units of the divisions in which the user manages, and below; above them where they handle matters of these."""
    rows = HandlingUnit.objects.filter(is_active=True).select_related("division").order_by("division__path", "pk")
    scope = scope_of(user, MANAGE)
    if scope is None:
        return rows
    near = Q(pk__in=[])
    for division in scope:
        near |= Q(division__path__startswith=division.path) | Q(division__path__in=paths_up(division.path))
    return rows.filter(near)


class BulkAssignView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    """Each ticked item to one unit: one that is refused stays, and the list of results says why."""

    template_name = "ledger/admin/assign_done.html"
    header_icon = "list-ul"
    page_title = gettext_lazy("批量交办")
    http_method_names = ["post"]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("ledger_admin:home"), "label": _("台账")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": _("批量交办")}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MANAGE):
            raise PermissionDenied
        keys = {int(key) for key in request.POST.getlist("id") if key.isascii() and key.isdigit() and len(key) < 16}
        if not keys:
            messages.error(request, _("请先勾选要交办的事项。"))
            return redirect(self.back())
        items = list(rows_for(request.user).filter(pk__in=keys).order_by("pk"))
        if len(items) != len(keys):
            raise PermissionDenied
        form = BulkAssignForm(request.POST, units=bulk_units(request.user), auto_id="bulk-%s")
        results = [] if not form.is_valid() else [(item, self.assign(item, form.cleaned_data)) for item in items]
        context = {
            **self.get_context_data(),
            "form": form,
            "items": items,
            "results": results,
            "done": sum(1 for _item, refusal in results if not refusal),
            "query": request.POST.get("query", ""),
            "back": self.back(),
        }
        return self.render_to_response(context, status=200 if form.is_valid() else 422)

    def assign(self, item: LedgerItem, cleaned: dict[str, Any]) -> str:
        """Empty, or why this one was not assigned."""
        try:
            with transaction.atomic():
                services.assign_item(item=item, by=self.request.user, **cleaned)
        except Refused as refusal:
            return str(refusal.message)
        except PermissionDenied as refusal:
            return str(refusal)
        return ""

    def back(self) -> str:
        """Back to the filtered list; only ever to the list itself."""
        query, index = self.request.POST.get("query", ""), reverse("ledger_admin:index")
        return f"{index}?{query}" if query else index
