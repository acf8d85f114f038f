from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component

from .permissions import user_can_open_closures, user_can_open_queue
from .selectors import queue_counts
from .viewsets import AppealViewSet, ClosureViewSet, ReportViewSet, ReviewViewSet

# Features above add theirs with the hook `register_participation_menu_item`.
participation_menu = Menu(register_hook_name="register_participation_menu_item")


class QueueMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_queue(request.user)


class ClosuresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_closures(request.user)


class QueuePanel(Component):
    """待办 on the admin home: each figure leads to its list."""

    name = "review_queue"
    template_name = "moderation/home_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        request = parent_context["request"]
        return {"counts": queue_counts(request.user), "queue_url": reverse("reviews:index")}


@hooks.register("register_admin_viewset")
def register_reviews() -> ReviewViewSet:
    return ReviewViewSet()


@hooks.register("register_admin_viewset")
def register_reports() -> ReportViewSet:
    return ReportViewSet()


@hooks.register("register_admin_viewset")
def register_appeals() -> AppealViewSet:
    return AppealViewSet()


@hooks.register("register_admin_viewset")
def register_closures() -> ClosureViewSet:
    return ClosureViewSet()


@hooks.register("register_admin_menu_item")
def register_participation_menu() -> MenuItem:
    return SubmenuMenuItem(_("议事"), participation_menu, name="participation", icon_name="group", order=50)


@hooks.register("register_participation_menu_item")
def register_queue_item() -> MenuItem:
    url = f"{reverse('reviews:index')}?state=waiting"
    return QueueMenuItem(_("待审"), url, name="reviews", icon_name="tasks", order=10)


@hooks.register("register_participation_menu_item")
def register_reports_item() -> MenuItem:
    return QueueMenuItem(_("举报"), reverse("reports:index"), name="reports-of-readers", icon_name="warning", order=11)


@hooks.register("register_participation_menu_item")
def register_appeals_item() -> MenuItem:
    return QueueMenuItem(_("申诉"), reverse("appeals:index"), name="appeals", icon_name="help", order=12)


@hooks.register("register_participation_menu_item")
def register_closures_item() -> MenuItem:
    return ClosuresMenuItem(_("关闭评论"), reverse("closures:index"), name="closures", icon_name="lock", order=16)


@hooks.register("construct_homepage_panels")
def add_queue_panel(request: HttpRequest, panels: list[Component]) -> None:
    if user_can_open_queue(request.user):
        panels.append(QueuePanel())


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/review.css"))
