"""接待机制 of a place: which holds, its lines, another preset from a day on, and the confirmation."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused
from portal.jurisdictions.rules import paths_up

from .. import services
from ..forms import SchemeForm
from ..forms.scheme import LineGrid, lines_in_words
from ..models import ReceptionScheme
from ..permissions import user_can_keep_scheme
from ..selectors import scheme_in_force
from .access import OneDesk


class SchemeView(OneDesk, WagtailAdminTemplateMixin, TemplateView):
    template_name = "receptions/admin/scheme.html"
    header_icon = "list-ul"

    def get_page_title(self) -> str:
        return _("接待机制")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *self.crumbs(self.get_page_title())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        scheme = scheme_in_force(self.desk.division, today)
        may_keep = user_can_keep_scheme(self.request.user, self.desk.division)
        initial = {"starts_on": date(today.year, today.month, 1), "label": scheme.label if scheme else "",
                   "preset": scheme.preset if scheme else ""}  # fmt: skip
        kwargs.setdefault("form", SchemeForm(initial=initial, label_suffix=""))
        kwargs.setdefault("grid", LineGrid(scheme.requirements if scheme else ()))
        is_own = scheme is not None and scheme.row is not None and scheme.row.division_id == self.desk.division.pk
        return {
            **super().get_context_data(**kwargs),
            "desk": self.desk,
            "scheme": scheme,
            "is_own": is_own,
            "lines": lines_in_words(scheme.requirements) if scheme else [],
            "history": ReceptionScheme.objects.filter(division__path__in=paths_up(self.desk.division.path))
            .select_related("division")
            .order_by("-effective_from"),
            "may_keep": may_keep,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_keep_scheme(request.user, self.desk.division):
            raise PermissionDenied
        action = request.POST.get("action", "")
        scheme = scheme_in_force(self.desk.division, timezone.localdate())
        if action in ("confirm", "unconfirm"):
            if scheme is None or scheme.row is None:
                messages.error(request, _("请先选择预设口径并保存，再确认。"))
            else:
                services.confirm_scheme(scheme=scheme.row, by=request.user, is_confirmed=action == "confirm")
                messages.success(request, _("已保存。"))
            return redirect("receptions_admin:scheme", pk=self.desk.main.pk)
        form = SchemeForm(request.POST, label_suffix="")
        grid = LineGrid((), data=request.POST if action == "lines" else None)
        if form.is_valid() and (action != "lines" or grid.is_valid()):
            facts = {"division": self.desk.division, "by": request.user} | {
                name: form.cleaned_data[name] for name in ("label", "starts_on", "preset")
            }
            try:
                if action == "lines":
                    services.save_scheme(**facts, requirements=grid.requirements)
                else:
                    services.adopt_preset(**facts)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("已保存。以前各月仍按当时的机制核对。"))
                return redirect("receptions_admin:scheme", pk=self.desk.main.pk)
        context = {"form": form} | ({"grid": grid} if action == "lines" else {})
        return self.render_to_response(self.get_context_data(**context), status=422)
