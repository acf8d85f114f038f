"""评价 in the staff menu. Features above add theirs with `register_evaluations_menu_item`."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from .permissions import user_can_open_rounds
from .viewsets import EvaluationViewSet

evaluations_menu = Menu(register_hook_name="register_evaluations_menu_item")


class RoundsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> Any:
        return user_can_open_rounds(request.user)


@hooks.register("register_admin_viewset")
def register_evaluations() -> EvaluationViewSet:
    return EvaluationViewSet()


@hooks.register("register_admin_menu_item")
def register_evaluations_menu() -> MenuItem:
    return SubmenuMenuItem(_("评价"), evaluations_menu, name="evaluations", icon_name="tasks", order=47)


@hooks.register("register_evaluations_menu_item")
def register_rounds_item() -> MenuItem:
    url = reverse("evaluations_admin:index")
    return RoundsMenuItem(_("评价轮次"), url, name="evaluation-rounds", icon_name="tasks", order=10)


@hooks.register("register_evaluations_menu_item")
def register_waiting_item() -> MenuItem:
    url = reverse("evaluations_admin:index") + "?state=waiting"
    return RoundsMenuItem(_("待确认结果"), url, name="evaluation-waiting", icon_name="check", order=20)


@hooks.register("register_evaluations_menu_item")
def register_publications_item() -> MenuItem:
    url = reverse("evaluations_admin:publications")
    return RoundsMenuItem(_("评价公布"), url, name="evaluation-publications", icon_name="doc-full", order=30)
