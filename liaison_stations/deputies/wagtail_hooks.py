"""The menu group 代表 in the Wagtail admin. Features above add theirs with `register_deputies_menu_item`."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .rules import VIEW
from .viewsets import DeputyViewSet, DistrictViewSet

deputies_menu = Menu(register_hook_name="register_deputies_menu_item")


@hooks.register("register_admin_viewset")
def deputies() -> DeputyViewSet:
    return DeputyViewSet()


@hooks.register("register_admin_viewset")
def districts() -> DistrictViewSet:
    return DistrictViewSet()


class ReaderItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.has_perm(VIEW))


@hooks.register("register_deputies_menu_item")
def deputies_item() -> MenuItem:
    url = reverse_lazy("deputies_deputies:index")
    return ReaderItem(_("人大代表"), url, name="deputies", icon_name="user", order=10)


@hooks.register("register_deputies_menu_item")
def districts_item() -> MenuItem:
    url = reverse_lazy("deputies_districts:index")
    return ReaderItem(_("选区（选举单位）"), url, name="districts", icon_name="site", order=20)


@hooks.register("register_admin_menu_item")
def deputies_group() -> MenuItem:
    return SubmenuMenuItem(_("代表"), deputies_menu, name="deputies-group", icon_name="group", order=50)
