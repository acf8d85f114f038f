from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .permissions import user_can_open_desk
from .viewsets import SnapViewSet


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_desk(request.user)


@hooks.register("register_admin_viewset")
def register_snaps() -> SnapViewSet:
    return SnapViewSet()


@hooks.register("register_participation_menu_item")
def register_snaps_item() -> MenuItem:
    return DeskMenuItem(_("随手拍"), reverse("snaps_admin:index"), name="snaps", icon_name="image", order=25)
