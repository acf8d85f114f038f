"""接待排班 in the staff menu, and what waits there on the staff home page."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .permissions import user_can_plan_receptions, user_can_view_receptions
from .selectors.tasks import task_counts
from .viewsets import ReceptionsViewSet


class ReceptionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_view_receptions(request.user)


class ReceptionPanel(Component):
    """接待待办 on the admin home: each figure leads to its list."""

    name = "reception_tasks"
    template_name = "receptions/admin/home_panel.html"
    order = 60

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"figures": task_counts(parent_context["request"].user), "url": reverse("receptions_admin:tasks")}


@hooks.register("construct_homepage_panels")
def add_reception_panel(request: HttpRequest, panels: list[Component]) -> None:
    if user_can_plan_receptions(request.user):
        panels.append(ReceptionPanel())


@hooks.register("register_admin_viewset")
def register_receptions() -> ReceptionsViewSet:
    return ReceptionsViewSet()


@hooks.register("register_admin_menu_item")
def register_receptions_item() -> MenuItem:
    url = reverse("receptions_admin:index")
    return ReceptionMenuItem(_("接待排班"), url, name="receptions", icon_name="calendar-alt", order=49)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/receptions.css"))
