from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .permissions import user_can_open_threads
from .viewsets import ThreadViewSet


class ThreadsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_threads(request.user)


@hooks.register("register_admin_viewset")
def register_threads() -> ThreadViewSet:
    return ThreadViewSet()


@hooks.register("register_participation_menu_item")
def register_threads_item() -> MenuItem:
    return ThreadsMenuItem(_("讨论"), reverse("threads_admin:index"), name="threads", icon_name="comment", order=15)
