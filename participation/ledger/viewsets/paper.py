"""导入已有台账: read, shown with what is wrong in which cell, and brought in once it is confirmed."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused
from participation.moderation.selectors import scope_of
from portal.jurisdictions.models import Division

from .. import services
from ..forms import PaperLedgerForm
from ..imports import read_workbook
from ..permissions import MANAGE
from ..rules.paper_rows import DAYS, PaperRow
from .access import WorkplaceOnly

SALT = "ledger.paper"
ONE_HOUR = 3600
MOST_SHOWN = 200


def divisions_for(user: Any) -> Any:
    """Subdistricts and townships in which the user manages."""
    rows = Division.objects.filter(level__in=[Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP]).order_by("path")
    scope = scope_of(user, MANAGE)
    if scope is None:
        return rows
    found = rows.none()
    for division in scope:
        found = found | rows.filter(path__startswith=division.path)
    return found.distinct()


class PaperLedgerView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "ledger/admin/paper_import.html"
    header_icon = "upload"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.divisions = divisions_for(request.user) if request.user.has_perm(MANAGE) else Division.objects.none()

    def get_page_title(self) -> str:
        return _("导入已有台账")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("ledger_admin:home"), "label": _("台账")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": _("导入已有台账")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MANAGE):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", PaperLedgerForm(divisions=self.divisions))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MANAGE):
            raise PermissionDenied
        return self.bring_in(request) if "rows" in request.POST else self.preview(request)

    def preview(self, request: HttpRequest) -> HttpResponse:
        form = PaperLedgerForm(request.POST, request.FILES, divisions=self.divisions)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        division = form.cleaned_data["division"]
        try:
            paper = read_workbook(form.cleaned_data["file"].read(), form.cleaned_data["year"])
        except Refused as refusal:
            form.add_error("file", str(refusal.message))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        errors = [*paper.errors, *services.paper_problems(paper.rows, division)]
        context = self.get_context_data(form=form, rows=paper.rows[:MOST_SHOWN], count=len(paper.rows), errors=errors)
        if not errors:
            context["signed"] = signing.dumps(
                {"user": request.user.pk, "division": division.pk, "rows": [_packed(row) for row in paper.rows]},
                salt=SALT,
                compress=True,
            )
        context["division"] = division
        return self.render_to_response(context, status=422 if errors else 200)

    def bring_in(self, request: HttpRequest) -> HttpResponseBase:
        try:
            found = signing.loads(request.POST["rows"], salt=SALT, max_age=ONE_HOUR)
        except signing.BadSignature:
            messages.error(request, _("预览已过期，请重新选择文件。"))
            return redirect("ledger_admin:paper")
        division = self.divisions.filter(pk=found["division"]).first()
        if found["user"] != request.user.pk or division is None:
            raise PermissionDenied
        rows = [_unpacked(row) for row in found["rows"]]
        try:
            done = services.bring_in_rows(
                by=request.user, division=division, rows=rows, is_public="is_public" in request.POST
            )
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return redirect("ledger_admin:paper")
        words = _("已导入%(created)d件，%(known)d件以前已经导入过。")
        messages.success(request, words % {"created": done.created, "known": done.known})
        return redirect("ledger_admin:index")


def _packed(row: PaperRow) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(row).items()}


def _unpacked(row: dict[str, Any]) -> PaperRow:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in DAYS}
    return PaperRow(**{**row, **days})
