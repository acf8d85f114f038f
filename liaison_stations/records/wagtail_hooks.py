"""接待记录 in the staff menu."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .permissions import user_can_view_records
from .viewsets import RecordsViewSet


class RecordsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_view_records(request.user)


@hooks.register("register_admin_viewset")
def register_records() -> RecordsViewSet:
    return RecordsViewSet()


@hooks.register("register_stations_menu_item")
def records_item() -> MenuItem:
    url = reverse_lazy("records_admin:index")
    return RecordsMenuItem(_("接待记录"), url, name="reception-records", icon_name="form", order=30)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/records.css"))
