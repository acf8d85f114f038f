"""台账 on paper and as a file: the filtered list, with the heading that staff fill in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.selectors import scope_of
from portal.accounts.selectors import units_of
from portal.jurisdictions.selectors import full_name

from .. import exports, services
from ..forms import SheetForm
from ..permissions import MANAGE
from ..selectors.sheet import MOST_ROWS, sheet_rows
from ..selectors.work import for_clocks
from .access import WorkplaceOnly, rows_for
from .lists import LedgerFilters, searched


class SheetView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    """GET asks for the heading and shows how many rows; `format` gives the file or the print page."""

    template_name = "ledger/admin/sheet_form.html"
    header_icon = "download"

    def get_page_title(self) -> str:
        return _("导出和打印台账")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("ledger_admin:home"), "label": _("台账")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": _("导出和打印台账")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        filters = LedgerFilters(request.GET, queryset=rows_for(request.user), request=request)
        rows = searched(filters.qs, request.GET.get("q", "")).order_by("raised_on", "pk")
        count = rows.count()
        form = SheetForm(request.GET if "format" in request.GET else None, initial=self.initial())
        if not form.is_bound or not form.is_valid():
            kept = [(key, value) for key in request.GET for value in request.GET.getlist(key) if key not in form.fields]
            return self.render_to_response({**self.get_context_data(), "form": form, "count": count, "kept": kept})
        if count > MOST_ROWS:
            messages.error(request, _("超过%d行，请缩小范围后再导出。") % MOST_ROWS)
            return redirect("ledger_admin:index")
        return self.sheet(form.cleaned_data, rows)

    def initial(self) -> dict[str, Any]:
        user: Any = self.request.user
        places = scope_of(user, MANAGE) or []
        names = [unit.name for unit in units_of(user)] or [full_name(place) for place in places[:1]]
        return {"reporting_unit": "、".join(names), "filled_by": user.get_full_name(), "on": timezone.localdate()}

    def sheet(self, cleaned: dict[str, Any], rows: Any) -> HttpResponse | HttpResponseBase:
        head = exports.SheetHead(
            title=cleaned["title"] or _("事项办理台账"),
            reporting_unit=cleaned["reporting_unit"],
            filled_by=cleaned["filled_by"],
            checked_by=cleaned["checked_by"],
            on=cleaned["on"].isoformat(),
        )
        lines = sheet_rows(for_clocks(rows))
        services.record_sheet(by=self.request.user, rows=len(lines), file_format=cleaned["format"])
        if cleaned["format"] == "xlsx":
            return exports.ledger_xlsx(head, lines, cleaned["paper"])
        if cleaned["format"] == "csv":
            return exports.ledger_csv(head, lines)
        context = {
            "head": head,
            "headings": exports.headings(),
            "rows": list(exports.table(lines)),
            "paper": cleaned["paper"],
        }
        return self.response_class(
            request=self.request,
            template=["ledger/admin/sheet_print.html"],
            context=context,
            using=self.template_engine,
        )
