from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .admin_menu import PlainItem, plain_menu


@hooks.register("insert_global_admin_js")
def admin_start_script() -> SafeString:
    return format_html('<script src="{}"></script>', static("admin/admin-start.js"))


class DoorsPanel(Component):
    """Every screen of this person as a link, below what waits: nobody's first page is empty."""

    name = "doors"
    template_name = "frame/admin/doors_panel.html"
    order = 400

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        menu = plain_menu(parent_context["request"])
        single = PlainItem("single", _("内容"), items=[item for item in menu if not item.items])
        groups = [item for item in menu if item.items]
        return {"groups": [*groups[:1], *([single] if single.items else []), *groups[1:]]}


@hooks.register("construct_homepage_panels")
def add_doors_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(DoorsPanel())
