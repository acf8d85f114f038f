"""The list of appraisals, and the form that plans one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused
from participation.moderation.selectors import scope_of
from portal.accounts.models import HandlingUnit
from portal.accounts.selectors import divisions_of
from portal.jurisdictions.models import Division
from portal.jurisdictions.rules import paths_up

from .. import services
from ..forms import PlanForm
from ..models import STATE_LABELS, OfficeAppraisal
from ..permissions import MANAGE, user_can_do, user_can_manage_appraisal
from ..selectors import next_step
from ..states import Action, State
from .access import WorkplaceOnly, rows_for, start_item

PER_PAGE = 20


class AppraisalListView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "oversight/admin/appraisal_list.html"
    header_icon = "clipboard-list"

    def get_page_title(self) -> str:
        return _("工作评议")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("工作评议")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, chosen = rows_for(self.request.user), self.request.GET.get("state", "")
        if chosen in STATE_LABELS:
            rows = rows.filter(state=chosen)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "rows": [(row, next_step(row)) for row in page],
            "states": [(state.value, label) for state, label in STATE_LABELS.items()],
            "chosen": chosen,
            "may_plan": user_can_manage_appraisal(self.request.user),
        }


def units_for(user: Any) -> Any:
    """Units of the divisions that the user manages and below, and of those above them (a city's dispatched unit)."""
    rows = HandlingUnit.objects.filter(is_active=True).select_related("division").order_by("division__path", "name")
    scope = scope_of(user, MANAGE)
    if scope is None:
        return rows
    near = Q(pk__in=[])
    for division in scope:
        near |= Q(division__path__startswith=division.path) | Q(division__path__in=paths_up(division.path))
    return rows.filter(near)


class PlanView(WorkplaceOnly, WagtailAdminTemplateMixin, TemplateView):
    """Plans a new appraisal, or revises one that is still planned."""

    template_name = "oversight/admin/plan_form.html"
    header_icon = "clipboard-list"

    def get_page_title(self) -> str:
        return _("修改计划") if "pk" in self.kwargs else _("列入计划")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": self.get_page_title()}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_can_manage_appraisal(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def appraisal(self) -> OfficeAppraisal | None:
        if "pk" not in self.kwargs:
            return None
        found: OfficeAppraisal = get_object_or_404(rows_for(self.request.user), pk=self.kwargs["pk"])
        if not user_can_do(self.request.user, Action.REVISE, found):
            raise PermissionDenied
        return found

    def form(self, data: Any = None) -> PlanForm:
        row = self.appraisal
        initial: dict[str, Any] = {"year": timezone.localdate().year}
        if row is not None:
            names = ("unit", "year", "matter", "plan", "report_due_on")
            initial = {name: getattr(row, name) for name in names}
        return PlanForm(data, units=units_for(self.request.user), initial=initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        row = self.appraisal
        is_over = row is not None and row.state != State.PLANNED
        return {**super().get_context_data(**kwargs), "appraisal": row, "is_over": is_over}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                row = self.save(form)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                messages.success(request, _("已保存。"))
                return redirect("oversight_admin:appraisal", pk=row.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def save(self, form: PlanForm) -> OfficeAppraisal:
        unit: HandlingUnit = form.cleaned_data["unit"]
        division = self.appraisal.division if self.appraisal else self.division_for(unit)
        new = services.NewAppraisal(division=division, **form.cleaned_data)
        if self.appraisal is not None:
            return services.revise_plan(appraisal=self.appraisal, by=self.request.user, new=new)
        return services.plan_appraisal(new, by=self.request.user)

    def division_for(self, unit: HandlingUnit) -> Division:
        """The unit's own; of a unit that stands above, the committee's subdistrict."""
        user: Any = self.request.user
        if user_can_manage_appraisal(user, unit.division):
            return unit.division
        own = divisions_of(user, "committee", "director")
        inside = [division for division in own if division.path.startswith(unit.division.path)]
        return inside[0] if inside else unit.division
