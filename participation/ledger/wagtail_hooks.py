"""台账 in the staff menu and on the staff home page. Features above add theirs with `register_ledger_menu_item`."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component

from .permissions import MANAGE, user_can_open_calls, user_can_open_workplace
from .selectors import figures
from .viewsets import LedgerViewSet
from .viewsets.access import own_panels_of, rows_for
from .viewsets.letters import LedgerLetterViewSet

ledger_menu = Menu(register_hook_name="register_ledger_menu_item")


class WorkplaceMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_workplace(request.user)


class LedgerPanel(Component):
    """台账待办 on the admin home: each figure leads to its list."""

    name = "ledger_figures"
    template_name = "ledger/admin/home_panel.html"
    order = 40

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        user = parent_context["request"].user
        found = figures(rows_for(user), units=own_panels_of(user))
        return {"figures": found, "index_url": reverse("ledger_admin:index")}


@hooks.register("register_admin_viewset")
def register_ledger() -> LedgerViewSet:
    return LedgerViewSet()


@hooks.register("register_admin_viewset")
def register_letters() -> LedgerLetterViewSet:
    return LedgerLetterViewSet()


@hooks.register("register_ledger_menu_item")
def register_letters_item() -> MenuItem:
    url = reverse("ledger_letters:index")
    return WorkplaceMenuItem(_("公文"), url, name="ledger-letters", icon_name="doc-full", order=30)


@hooks.register("register_admin_menu_item")
def register_ledger_menu() -> MenuItem:
    return SubmenuMenuItem(_("台账"), ledger_menu, name="ledger", icon_name="list-ul", order=45)


@hooks.register("register_ledger_menu_item")
def register_home_item() -> MenuItem:
    return WorkplaceMenuItem(
        _("我的事项"), reverse("ledger_admin:home"), name="ledger-home", icon_name="tasks", order=10
    )


@hooks.register("register_ledger_menu_item")
def register_index_item() -> MenuItem:
    url = reverse("ledger_admin:index")
    return WorkplaceMenuItem(_("全部事项"), url, name="ledger-items", icon_name="list-ul", order=20)


class CommitteeMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.has_perm(MANAGE))


@hooks.register("register_ledger_menu_item")
def register_entry_item() -> MenuItem:
    return CommitteeMenuItem(_("登记事项"), reverse("ledger_admin:add"), name="ledger-add", icon_name="plus", order=65)


@hooks.register("register_ledger_menu_item")
def register_paper_item() -> MenuItem:
    url = reverse("ledger_admin:paper")
    return CommitteeMenuItem(_("导入已有台账"), url, name="ledger-paper", icon_name="upload", order=70)


@hooks.register("register_ledger_menu_item")
def register_templates_item() -> MenuItem:
    url = reverse("ledger_admin:templates")
    return WorkplaceMenuItem(_("答复模板"), url, name="ledger-templates", icon_name="doc-full", order=60)


class CallsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_calls(request.user)


@hooks.register("register_ledger_menu_item")
def register_calls_item() -> MenuItem:
    url = reverse("ledger_admin:calls")
    return CallsMenuItem(_("电话回访"), url, name="ledger-calls", icon_name="comment", order=40)


@hooks.register("construct_homepage_panels")
def add_ledger_panel(request: HttpRequest, panels: list[Component]) -> None:
    if user_can_open_workplace(request.user):
        panels.append(LedgerPanel())


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/ledger.css"))
