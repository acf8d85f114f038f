"""留言 and 联络站码 in the staff menu."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .permissions import user_can_keep_codes, user_can_view_messages
from .selectors import task_counts
from .viewsets import MessagesViewSet


class MessagesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_view_messages(request.user)


class CodesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_keep_codes(request.user)


class MessagePanel(Component):
    """留言待办 on the admin home: each figure leads to its list."""

    name = "message_tasks"
    template_name = "deputy_messages/admin/home_panel.html"
    order = 62

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"figures": task_counts(parent_context["request"].user), "url": reverse("messages_admin:index")}


@hooks.register("construct_homepage_panels")
def add_message_panel(request: HttpRequest, panels: list[Component]) -> None:
    if user_can_view_messages(request.user):
        panels.append(MessagePanel())


@hooks.register("register_admin_viewset")
def register_messages() -> MessagesViewSet:
    return MessagesViewSet()


@hooks.register("register_stations_menu_item")
def messages_item() -> MenuItem:
    return MessagesMenuItem(
        _("留言"), reverse_lazy("messages_admin:index"), name="deputy-messages", icon_name="mail", order=40
    )


@hooks.register("register_stations_menu_item")
def codes_item() -> MenuItem:
    url = reverse_lazy("messages_admin:codes")
    return CodesMenuItem(_("联络站码、代表码"), url, name="deputy-codes", icon_name="link", order=50)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/posters.css"))
