"""接待待办: the list behind each figure of the panel on the admin home."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..selectors.tasks import MOST, PANELS, main_stations_at, plans_of, sessions_to_hold
from .access import ReceptionStaffOnly, start_item


class TasksView(ReceptionStaffOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "receptions/admin/tasks.html"
    header_icon = "calendar-alt"

    @property
    def panel(self) -> str:
        asked = self.request.GET.get("panel", "")
        return asked if asked in PANELS else "approve"

    def get_page_title(self) -> str:
        return str(PANELS[self.panel])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.sessions() if self.panel == "hold" else self.plans()
        panels = [(key, label, key == self.panel) for key, label in PANELS.items()]
        return {**super().get_context_data(**kwargs), "rows": rows, "panels": panels}

    def plans(self) -> list[dict[str, Any]]:
        found = list(plans_of(self.request.user, self.panel)[:MOST])
        stations = main_stations_at([plan.division for plan in found], self.request.user)
        rows = []
        for plan in found:
            if (pk := stations.get(plan.division_id)) is None:
                continue
            label = _("%(place)s%(year)d年%(month)d月") % {
                "place": plan.division.name, "year": plan.year, "month": plan.month,
            }  # fmt: skip
            url = f"{reverse('receptions_admin:month', args=[pk])}?month={plan}"
            rows.append({"label": label, "url": url, "since": plan.submitted_at or plan.returned_at,
                         "note": plan.return_reason})  # fmt: skip
        return rows

    def sessions(self) -> list[dict[str, Any]]:
        return [
            {"label": f"{row} {row.start:%H:%M}", "since": row.ends_at, "note": row.theme,
             "url": reverse("receptions_admin:session", args=[row.key])}
            for row in sessions_to_hold(self.request.user)[:MOST]
        ]  # fmt: skip
