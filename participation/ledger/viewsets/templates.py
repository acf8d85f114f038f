"""答复模板: the list, a new one, a changed one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused
from participation.moderation.selectors import scope_of
from portal.accounts.selectors import units_of
from portal.jurisdictions.models import Division

from .. import services
from ..forms import ReplyTemplateForm
from ..models import ReplyTemplate
from ..permissions import MANAGE
from ..selectors.templates import templates_kept_by
from .access import WorkplaceOnly, unit_keys


def kept_by(user: Any) -> Any:
    return templates_kept_by(user, MANAGE, unit_keys(user))


class TemplateListView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "ledger/admin/template_list.html"
    header_icon = "doc-full"

    def get_page_title(self) -> str:
        return _("答复模板")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("ledger_admin:home"), "label": _("台账")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": _("答复模板")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "rows": kept_by(self.request.user)}


class TemplateEditView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "ledger/admin/template_form.html"
    header_icon = "doc-full"

    @cached_property
    def row(self) -> ReplyTemplate | None:
        """404 for a template of others: that it exists is private."""
        if "pk" not in self.kwargs:
            return None
        found: ReplyTemplate = get_object_or_404(kept_by(self.request.user), pk=self.kwargs["pk"])
        return found

    def get_page_title(self) -> str:
        return self.row.name if self.row else _("新的答复模板")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        back = {"url": reverse("ledger_admin:templates"), "label": _("答复模板")}
        return [*self.breadcrumbs_items, back, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def owners(self) -> dict[str, tuple[Any, Any]]:
        """Key → (division, unit): the own divisions, and the own units for themselves."""
        user = self.request.user
        scope = scope_of(user, MANAGE)
        tops = Division.objects.filter(parent=None) if scope is None else scope
        found: dict[str, tuple[Any, Any]] = {f"d{division.pk}": (division, None) for division in tops}
        found |= {f"u{unit.pk}": (unit.division, unit) for unit in units_of(user)}
        if self.row is not None:
            found.setdefault(self.own_key(self.row), (self.row.division, self.row.unit))
        return found

    @staticmethod
    def own_key(row: ReplyTemplate) -> str:
        return f"u{row.unit_id}" if row.unit_id else f"d{row.division_id}"

    def form(self, data: Any = None) -> ReplyTemplateForm:
        owners = [(key, unit.name if unit else division.name) for key, (division, unit) in self.owners.items()]
        row = self.row
        initial = (
            {"owner": self.own_key(row), "name": row.name, "text": row.text, "is_active": row.is_active} if row else {}
        )
        return ReplyTemplateForm(data, owners=owners, initial=initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        return super().get_context_data(**kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.row  # noqa: B018 - 404 before anything is shown
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.form(request.POST)
        if form.is_valid():
            cleaned = dict(form.cleaned_data)
            division, unit = self.owners[cleaned.pop("owner")]
            try:
                saved = services.save_template(
                    by=request.user, division=division, unit=unit, template=self.row, **cleaned
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("已保存模板“%s”。") % saved.name)
                return redirect("ledger_admin:templates")
        messages.error(request, _("没有保存，请看下面的提示。"))
        return self.render_to_response(self.get_context_data(form=form), status=422)
