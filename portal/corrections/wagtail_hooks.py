from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .models import ANSWER
from .selectors import waiting_corrections
from .viewsets import CorrectionViewSet


class CorrectionPanel(Component):
    """待处理的纠错 on the admin's first page."""

    name = "corrections"
    template_name = "corrections/admin/home_panel.html"
    order = 70

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"count": waiting_corrections(user), "url": f"{reverse('corrections_admin:index')}?state=waiting"}


@hooks.register("register_admin_viewset")
def register_corrections() -> CorrectionViewSet:
    return CorrectionViewSet()


@hooks.register("construct_homepage_panels")
def add_correction_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(ANSWER):
        panels.append(CorrectionPanel())
