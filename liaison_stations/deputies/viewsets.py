"""人大代表 and 选区 in the Wagtail admin: lists within the scope, a form each, and a whole workbook."""

from dataclasses import asdict
from datetime import date
from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import register_permission_policy

from portal.accounts.permissions import ScopedModelPolicy
from portal.tables.imports import UnreadableWorkbook
from portal.tables.rules import CellError
from portal.tables.views import WorkbookImportView

from .forms import DeputyForm, DeputyWorkbookForm, DistrictForm
from .imports import HEADINGS, deputies_template, read_deputies
from .models import Deputy, ElectoralDistrict, Level
from .rules import ADD, CHANGE, DeputyRefused
from .selectors import deputies_in_scope, districts_in_scope
from .services import DeputyRow, import_deputies, save_deputy, save_district

register_permission_policy(Deputy, ScopedModelPolicy(Deputy))
register_permission_policy(ElectoralDistrict, ScopedModelPolicy(ElectoralDistrict))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DeputyFilters(WagtailFilterSet):
    level = django_filters.ChoiceFilter(label=_("层级"), choices=Level.choices)
    is_leading_cadre = django_filters.BooleanFilter(label=_("领导干部代表"))
    in_office = django_filters.BooleanFilter(label=_("在任"), method="by_office")

    class Meta:
        model = Deputy
        fields = ["level", "is_leading_cadre"]

    def by_office(self, rows: Any, _name: str, value: bool) -> Any:
        now = Deputy.objects.in_office(timezone.localdate()).values("pk")
        return rows.filter(pk__in=now) if value else rows.exclude(pk__in=now)


class DeputyIndex(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return deputies_in_scope(self.request.user)

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if self.request.user.has_perm(ADD):
            url = reverse("deputies_deputies:import")
            buttons.append(HeaderButton(gettext("导入Excel"), url=url, icon_name="upload", priority=5))
        return buttons


class _ThroughService:
    """What the service refuses stands in the form."""

    request: Any
    form: Any

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]  # the view it is mixed into
        except DeputyRefused as refusal:
            form.add_error(None, str(refusal.args[0]))
            return self.form_invalid(form)  # type: ignore[attr-defined]  # the view it is mixed into


class _DeputySaving(_ThroughService):
    def save_instance(self) -> Deputy:
        return save_deputy(deputy=self.form.save(commit=False), by=self.request.user)


class DeputyCreate(_DeputySaving, generic.CreateView):
    pass


class DeputyEdit(_DeputySaving, generic.EditView):
    def get_queryset(self) -> Any:
        return deputies_in_scope(self.request.user, CHANGE)


class DeputyImportView(WorkbookImportView):
    """代表名册 as a workbook."""

    form_class = DeputyWorkbookForm
    salt = "deputies.import"
    success_url_name = "deputies_deputies:index"
    refusals = (UnreadableWorkbook, DeputyRefused)
    most_columns = ("name", "level", "division", "district", "term", "starts_on", "ends_on")

    def may_import(self) -> bool:
        return bool(self.request.user.has_perm(ADD))

    def get_page_title(self) -> str:
        return gettext("导入人大代表")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        start = {"url": reverse("deputies_deputies:index"), "label": gettext("人大代表")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": gettext("导入人大代表")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        levels = dict(Level.choices)
        lines = [
            (
                row.cells["name"][1:],
                [
                    levels[value] if key == "level" else value or ""
                    for key, value in ((key, getattr(row, key)) for key in self.most_columns)
                ],
            )
            for row in kwargs.get("rows", [])
        ]
        return super().get_context_data(
            **kwargs,
            lines=lines,
            headings=[HEADINGS[key][0] for key in self.most_columns],
            template_url=reverse("deputies_deputies:template"),
            explanation=gettext(
                "先下载模板填写，再上传。上传后先检查，没有错误才会显示“确认导入”。同一位代表重复导入只更新，不重复登记。"
            ),
        )

    def read(self, cleaned: dict[str, Any]) -> tuple[list[DeputyRow], list[CellError]]:
        rows, errors = read_deputies(cleaned["file"].read(), cleaned["file"].name)
        rehearsal = import_deputies(rows=rows, by=self.request.user, dry_run=True)
        return rows, [*errors, *(CellError(cell, message) for cell, message in rehearsal.errors)]

    def pack(self, row: DeputyRow) -> dict[str, Any]:
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(row).items()}

    def unpack(self, packed: dict[str, Any]) -> DeputyRow:
        days = {key: date.fromisoformat(packed[key]) if packed[key] else None for key in ("starts_on", "ends_on")}
        return DeputyRow(**{**packed, **days})

    def write(self, rows: list[DeputyRow], facts: dict[str, Any]) -> str:
        done = import_deputies(rows=rows, by=self.request.user)
        if done.errors:
            raise DeputyRefused("".join(f"{cell}：{message}" for cell, message in done.errors))
        words = gettext("新登记%(created)d位，更新%(changed)d位，%(known)d位没有变化。")
        return words % {"created": done.created, "changed": done.changed, "known": done.known}


class TemplateView(View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(ADD):
            return HttpResponse(status=403)
        return HttpResponse(
            deputies_template(),
            content_type=XLSX,
            headers={"Content-Disposition": 'attachment; filename="deputies.xlsx"'},
        )


class DeputyViewSet(ModelViewSet):
    model = Deputy
    name = "deputies"
    url_prefix = "deputies"
    url_namespace = "deputies_deputies"
    icon = "user"
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    index_view_class = DeputyIndex
    add_view_class = DeputyCreate
    edit_view_class = DeputyEdit
    filterset_class = DeputyFilters
    search_fields = ["name", "term", "district__name"]
    search_backend_name = None
    list_display = [
        "name",
        Column("title", label=_("所属人大"), accessor="title"),
        Column("division", label=_("所在街道（乡镇）"), accessor="division"),
        Column("district", label=_("选区（选举单位）"), accessor=lambda row: row.district or ""),
        Column("term", label=_("届次"), accessor="term"),
        BooleanColumn("is_in_office", label=_("在任")),
        BooleanColumn("is_leading_cadre", label=_("领导干部代表")),
        Column("user", label=_("账号"), accessor=lambda row: row.user.username if row.user else ""),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return DeputyForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("import/", DeputyImportView.as_view(), name="import"),
            path("import/template/", TemplateView.as_view(), name="template"),
        ]

    def register_menu_item(self) -> None:
        """It stands in the group of wagtail_hooks."""


class DistrictIndex(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return districts_in_scope(self.request.user)


class _DistrictSaving:
    def save_instance(self: Any) -> ElectoralDistrict:
        return save_district(form=self.form, by=self.request.user)


class DistrictCreate(_DistrictSaving, generic.CreateView):
    pass


class DistrictEdit(_DistrictSaving, generic.EditView):
    def get_queryset(self) -> Any:
        return districts_in_scope(self.request.user, CHANGE)


class DistrictViewSet(ModelViewSet):
    model = ElectoralDistrict
    name = "districts"
    url_prefix = "electoral-districts"
    url_namespace = "deputies_districts"
    icon = "site"
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    index_view_class = DistrictIndex
    add_view_class = DistrictCreate
    edit_view_class = DistrictEdit
    list_display = [
        "name",
        Column("kind", label=_("种类"), accessor="kind_label"),
        Column("level", label=_("层级"), accessor="get_level_display"),
        Column("division", label=_("所在区划"), accessor="division"),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return DistrictForm

    def register_menu_item(self) -> None:
        """It stands in the group of wagtail_hooks."""
