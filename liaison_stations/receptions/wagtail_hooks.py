"""接待排班 in the staff menu."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .permissions import user_can_view_receptions
from .viewsets import ReceptionsViewSet


class ReceptionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_view_receptions(request.user)


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
