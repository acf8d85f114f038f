"""监督 in the staff menu. Features above add theirs with `register_oversight_menu_item`."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .permissions import user_can_open_workplace
from .viewsets import OversightViewSet

oversight_menu = Menu(register_hook_name="register_oversight_menu_item")


class WorkplaceMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_workplace(request.user)


@hooks.register("register_admin_viewset")
def register_oversight() -> OversightViewSet:
    return OversightViewSet()


@hooks.register("register_admin_menu_item")
def register_oversight_menu() -> MenuItem:
    return SubmenuMenuItem(_("监督"), oversight_menu, name="oversight", icon_name="clipboard-list", order=48)


@hooks.register("register_oversight_menu_item")
def register_appraisals_item() -> MenuItem:
    url = reverse("oversight_admin:index")
    return WorkplaceMenuItem(_("工作评议"), url, name="oversight-appraisals", icon_name="clipboard-list", order=10)
