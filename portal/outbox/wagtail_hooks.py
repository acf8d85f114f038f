from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from .selectors import notice_task_counts
from .viewsets import DeliveryViewSet, NoticeTaskViewSet


class NoticeTaskPanel(Component):
    """告知任务 on the admin home: who still waits for a call, and what is done."""

    name = "notice_tasks"
    template_name = "outbox/admin/home_panel.html"
    order = 60

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        request = parent_context["request"]
        return {"counts": notice_task_counts(request.user), "list_url": reverse("outbox_notice_tasks:index")}


@hooks.register("register_admin_viewset")
def register_outbox() -> list[ViewSet]:
    return [NoticeTaskViewSet("notice_tasks"), DeliveryViewSet("deliveries")]


@hooks.register("construct_homepage_panels")
def add_notice_task_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("outbox.change_noticetask"):
        panels.append(NoticeTaskPanel())
