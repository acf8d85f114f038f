"""年度活动计划、进站操作细则 of one station's place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused
from participation.oversight.views.reading import pdf_response

from .. import services
from ..forms import DocumentForm
from ..models import StationDocument
from ..permissions import user_can_plan_receptions
from ..selectors.places import scope_of
from .access import OneDesk, ReceptionStaffOnly


class DocumentsView(OneDesk, WagtailAdminTemplateMixin, TemplateView):
    template_name = "receptions/admin/documents.html"
    header_icon = "doc-full"

    def get_page_title(self) -> str:
        return _("年度计划和进站细则")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *self.crumbs(self.get_page_title())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", DocumentForm(initial={"year": timezone.localdate().year}, label_suffix=""))
        rows = StationDocument.objects.filter(division=self.desk.division)
        may_plan = user_can_plan_receptions(self.request.user, self.desk.division)
        return {**super().get_context_data(**kwargs), "desk": self.desk, "rows": rows, "may_plan": may_plan}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_plan_receptions(request.user, self.desk.division):
            raise PermissionDenied
        form = DocumentForm(request.POST, request.FILES, label_suffix="")
        if form.is_valid():
            try:
                services.add_document(division=self.desk.division, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("upload", str(refusal.message))
            else:
                messages.success(request, _("已保存。"))
                return redirect("receptions_admin:documents", pk=self.desk.main.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class DocumentFileView(ReceptionStaffOnly, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, document: int) -> HttpResponseBase:
        rows = StationDocument.objects.all()
        scope = scope_of(request.user)
        if scope is not None:
            found = rows.none()
            for division in scope:
                found = found | rows.filter(division__path__startswith=division.path)
            rows = found
        row = get_object_or_404(rows, pk=document)
        return pdf_response(row.file, f"station-document-{row.pk}.pdf")
