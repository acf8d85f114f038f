"""留言 and 联络站码 in the staff menu."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .permissions import user_can_keep_codes, user_can_view_messages
from .viewsets import MessagesViewSet


class MessagesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_view_messages(request.user)


class CodesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_keep_codes(request.user)


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
