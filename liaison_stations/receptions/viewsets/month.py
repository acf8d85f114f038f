"""One month of one station and its sites: the grid, the month check, and what can be done with all of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.moderation.rules import Refused

from .. import services
from ..exports import month_xlsx
from ..forms import MonthGrid
from ..models import MonthPlan, ReceptionSession, StationDocument
from ..permissions import user_can_approve_receptions, user_can_keep_scheme, user_can_plan_receptions
from ..rules.days import months_apart
from ..selectors import desks_for, month_check
from ..selectors.counting import half_year_of, themed_activities
from ..selectors.people import deputies_near
from ..selectors.places import guest_roles
from ..states import Status
from .access import OneDesk, ReceptionStaffOnly

PER_PAGE, REASON_LENGTH = 50, 100


class DesksView(ReceptionStaffOnly, WagtailAdminTemplateMixin, TemplateView):
    """The stations in one's scope; who has one only goes straight to it."""

    template_name = "receptions/admin/desks.html"
    header_icon = "calendar-alt"

    def get_page_title(self) -> str:
        return _("接待排班")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("接待排班")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = desks_for(request.user)
        first = list(rows[:2])
        if len(first) == 1:
            return redirect("receptions_admin:month", pk=first[0].pk)
        words = request.GET.get("q", "").strip()[:40]
        if words:
            rows = rows.filter(title__icontains=words)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(page=page, words=words))


LABELS = {
    "plan": gettext_lazy("按机制排本月"),
    "copy": gettext_lazy("复制上月"),
    "shift": gettext_lazy("顺延勾选的场次"),
    "submit": gettext_lazy("提请站长批准"),
    "approve": gettext_lazy("站长批准"),
    "return": gettext_lazy("退回修改"),
    "publish": gettext_lazy("公布"),
}


class MonthView(OneDesk, WagtailAdminTemplateMixin, TemplateView):
    template_name = "receptions/admin/month.html"
    header_icon = "calendar-alt"

    def get_page_title(self) -> str:
        return _("%(station)s %(year)d年%(month)d月接待") % {
            "station": self.desk.main.title, "year": self.month[0], "month": self.month[1],
        }  # fmt: skip

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *self.crumbs()]

    def rows(self) -> list[ReceptionSession]:
        rows = ReceptionSession.objects.filter(station__in=[row.pk for row in self.desk.stations])
        return list(rows.in_month(*self.month).order_by("date", "start", "pk").for_list())

    def get_context_data(self, grid: MonthGrid | None = None, **kwargs: Any) -> dict[str, Any]:
        desk, user = self.desk, self.request.user
        rows = self.rows()
        planned = [row for row in rows if row.status == Status.PLANNED]
        year, month = self.month
        shifts = services.proposed_shifts(desk=desk, year=year, month=month)
        places = {row.key: row for row in planned}
        return {
            **super().get_context_data(**kwargs),
            "desk": desk,
            "rows": [row for row in rows if row.status != Status.PLANNED],
            "planned": planned,
            "grid": grid or MonthGrid(desk=desk, sessions=planned),
            "may_plan": user_can_plan_receptions(user, desk.division),
            "may_approve": user_can_approve_receptions(user, desk.division),
            "may_keep_scheme": user_can_keep_scheme(user, desk.division),
            "waiting": [row for row in planned if not row.is_approved],
            "approved": [row for row in planned if row.is_approved],
            "warnings": [
                *services.plan_clashes(desk=desk, year=year, month=month),
                *services.publish_warnings(desk=desk, year=year, month=month),
            ],
            "plan": MonthPlan.objects.filter(division=desk.division, year=year, month=month).first(),
            "shifts": [(each, places[each.key]) for each in shifts],
            "check": month_check(desk.division, year, month),
            "themed": themed_activities(desk.division, *half_year_of(year, month)),
            "has_plan": StationDocument.objects.filter(division=desk.division, kind="plan", year=year).exists(),
            "month_name": self.month_name,
            "previous": "{}-{:02d}".format(*months_apart(year, month, -1)),
            "next": "{}-{:02d}".format(*months_apart(year, month, 1)),
            "deputies": deputies_near(desk.division, timezone.localdate()),
            "guest_roles": list(guest_roles()),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_plan_receptions(request.user, self.desk.division):
            raise PermissionDenied
        action = request.POST.get("action", "")
        if action == "save":
            return self.save(request)
        if action not in LABELS:
            messages.error(request, _("请选择要办理的步骤。"))
            return redirect(self.month_url)
        year, month = self.month
        facts: dict[str, Any] = {"desk": self.desk, "year": year, "month": month, "by": request.user}
        reason = request.POST.get("reason", "")
        run: dict[str, Callable[[], str]] = {
            "plan": lambda: _("排入%d场。") % len(services.plan_month(**facts)),
            "copy": lambda: _("复制了%d场。") % len(services.copy_last_month(**facts)),
            "shift": lambda: _("顺延了%d场。") % services.accept_shifts(**facts, keys=request.POST.getlist("shift")),
            "submit": lambda: _("已提请站长批准%d场，站长会收到提醒。") % services.submit_month(**facts),
            "return": lambda: _("已退回%d场，会告诉提请的人。") % services.return_month(**facts, reason=reason),
            "approve": lambda: _("批准了%d场。") % services.approve_month(**facts),
            "publish": lambda: self.published(services.publish_month(**facts)),
        }
        try:
            messages.success(request, run[action]())
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            if action == "return" and len(reason) > REASON_LENGTH:
                return self.render_to_response(self.get_context_data(typed_reason=reason), status=422)
        return redirect(self.month_url)

    def published(self, done: services.Published) -> str:
        words = _("公布了%d场。") % done.count
        return words + (_("其中%d场距接待不足3天。") % done.late if done.late else "")

    def save(self, request: HttpRequest) -> HttpResponseBase:
        grid = MonthGrid(desk=self.desk, sessions=[], data=request.POST)
        accepts = bool(request.POST.get("accepts_clashes"))
        if grid.is_valid():
            rows = [services.PlannedRow(number=number, **form.facts()) for number, form in grid.filled]
            try:
                done = services.save_month(
                    desk=self.desk, rows=rows, removed=grid.removed, by=request.user, accepts_clashes=accepts
                )
            except services.MonthRefused as refusal:
                grid.refuse(refusal.errors)
                return self.refused(grid, [message for _row, message in refusal.questions], not refusal.errors)
            messages.success(request, _("已保存：新增%d场，修改%d场，删除%d场。") % done)
            return redirect(self.month_url)
        return self.refused(grid, [], False)

    def refused(self, grid: MonthGrid, questions: list[str], is_question: bool) -> HttpResponse:
        """The grid again with everything that was typed."""
        if is_question:
            messages.warning(self.request, _("有时间或场所重叠，还没有保存。请核对，确实没有问题再保存。"))
        else:
            messages.error(self.request, _("没有保存。请按每行的提示改好再保存。"))
        context = self.get_context_data(grid=grid, questions=questions, is_question=is_question)
        return self.render_to_response(context, status=422)


class ExportView(OneDesk, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        rows = ReceptionSession.objects.filter(station__in=[row.pk for row in self.desk.stations])
        found = rows.in_month(*self.month).order_by("date", "start", "pk").for_list()
        return month_xlsx(found, f"receptions-{self.month_name}")
