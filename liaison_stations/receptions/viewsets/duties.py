"""年度核对: what the year asks of one station (X27, X29 to X31, X51, X52), and the log of trainings and visits."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused

from .. import services
from ..forms.duties import OrganVisitForm, TrainingForm
from ..models import DocumentKind, ReceptionSession
from ..permissions import user_can_plan_receptions
from ..selectors.duties import (
    attendance_of_cadres,
    attendance_of_year,
    documents_missing,
    organ_guests_of,
    organ_visits_of,
    themed_of_half_year,
    trainings_of,
)
from .access import OneDesk

MOST_SESSIONS = 60


class DutiesView(OneDesk, WagtailAdminTemplateMixin, TemplateView):
    template_name = "receptions/admin/duties.html"
    header_icon = "calendar-check"

    def get_page_title(self) -> str:
        return _("年度核对")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *self.crumbs(self.get_page_title())]

    @cached_property
    def on(self) -> date:
        """Today, or the last day of the year before that was asked for."""
        today, asked = timezone.localdate(), self.request.GET.get("year", "")
        year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
        return today if year >= today.year or year < 2000 else date(year, 12, 31)

    @property
    def may_plan(self) -> bool:
        return user_can_plan_receptions(self.request.user, self.desk.division)

    def form_of(self, step: str, data: Any = None) -> Any:
        today = timezone.localdate()
        if step == "training":
            return TrainingForm(data, prefix=step, label_suffix="", initial={"on": today})
        held = ReceptionSession.objects.held().filter(station__in=[row.pk for row in self.desk.stations])
        rows = list(held.select_related("station", "venue").order_by("-date", "-start")[:MOST_SESSIONS])
        return OrganVisitForm(
            data, prefix=step, label_suffix="", initial={"on": today}, desk=self.desk, sessions=rows
        )  # fmt: skip

    def get_context_data(self, refused: dict[str, forms.Form] | None = None, **kwargs: Any) -> dict[str, Any]:
        place, on = self.desk.division, self.on
        held, wanted = themed_of_half_year(place, on)
        steps = {"training": _("登记业务培训"), "visit": _("登记国家机关工作人员进站")} if self.may_plan else {}
        known = refused or {}
        return {
            **super().get_context_data(**kwargs),
            "desk": self.desk,
            "on": on,
            "previous_year": on.year - 1,
            "this_year": timezone.localdate().year,
            "half": _("上半年") if on.month < 7 else _("下半年"),
            "missing": [DocumentKind(kind).label for kind in documents_missing(place, on)],
            "themed": held,
            "themed_wanted": wanted,
            "deputies": attendance_of_year(place, on),
            "cadres": attendance_of_cadres(place, on),
            "trainings": trainings_of(place, on.year),
            "visits": organ_visits_of(place, on.year),
            "guests": organ_guests_of(place, on.year),
            "offers": [
                {"step": step, "label": label, "form": known.get(step) or self.form_of(step), "is_open": step in known}
                for step, label in steps.items()
            ],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_plan:
            raise PermissionDenied
        verbs: dict[str, Callable[..., Any]] = {
            "training": services.log_training, "visit": services.log_organ_visit,
        }  # fmt: skip
        step = request.POST.get("step", "")
        if step not in verbs:
            messages.error(request, _("请选择要办理的步骤。"))
            return self.render_to_response(self.get_context_data(), status=422)
        form = self.form_of(step, request.POST)
        if form.is_valid():
            try:
                verbs[step](desk=self.desk, by=request.user, **form.facts())
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("已登记。"))
                return redirect("receptions_admin:duties", pk=self.desk.main.pk)
        messages.error(request, _("没有保存，请看表格里的提示。"))
        return self.render_to_response(self.get_context_data({step: form}), status=422)
