"""The editors' side of the site in the Wagtail admin."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.pages import base_page_viewset
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from portal.pages.adapters.page_rights import unseen_pages

from . import views, viewsets
from .adapters import page_views
from .adapters.admin_doors import VIEW_SITE_HISTORY
from .adapters.choosers import ProposalChooserViewSet, proposal_chooser
from .models.review import WHY_RETURNED
from .permissions import VIEW_FRESHNESS
from .selectors import freshness_board
from .services import note_move

page_views.use(base_page_viewset)

# The outbox tells of reviews (notifications); Wagtail's mails would be second ones. Its handlers are connected by now.
for signal, uid in (
    (workflow_submitted, "workflow_state_submitted_email_notification"),
    (workflow_rejected, "workflow_state_rejected_email_notification"),
    (workflow_approved, "workflow_state_approved_email_notification"),
):
    signal.disconnect(sender=WorkflowState, dispatch_uid=uid)


@hooks.register("before_edit_page")
def keep_decisions_out_of_autosave(request: HttpRequest, page: Any) -> JsonResponse | None:
    """The editor's autosave may fire while a reviewer's decision is on its way, and sends the whole form, the decision
    included: taken twice, the second would save the page of before over the published one."""
    is_autosave = request.method == "POST" and not request.accepts("text/html")
    if not (is_autosave and request.POST.get("workflow-action-name")):
        return None
    told = {"success": False, "error_code": "decision", "error_message": _("审核意见正在提交，不另存草稿。")}
    return JsonResponse(told, status=400)


@hooks.register("construct_page_listing_buttons")
def hide_drafts_that_would_refuse(buttons: list[Any], page: Any, user: Any, context: Any = None) -> None:
    """Wagtail offers 查看草稿 to everybody who sees the list, and shows it to who may edit or publish."""
    may = page.permissions_for_user(user)
    if not (may.can_edit() or may.can_publish()):
        closed = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        for group in (buttons, *(getattr(button, "dropdown_buttons", []) for button in buttons)):
            group[:] = [button for button in group if getattr(button, "url", None) != closed]


@hooks.register("register_admin_viewset")
def register_proposal_chooser() -> ProposalChooserViewSet:
    return proposal_chooser


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("freshness/", viewsets.freshness, name="home_freshness"),
        path("handbook/", views.handbook, name="home_handbook"),
        path("plain/<int:page_id>/", views.plain_edit, name="home_plain_edit"),
        path("plain/new/<int:parent_id>/", views.plain_add, name="home_plain_add"),
    ]


@hooks.register("register_help_menu_item")
def handbook_item() -> MenuItem:
    return MenuItem(_("编辑手册"), reverse("home_handbook"), name="handbook", icon_name="help", order=100)


@hooks.register("construct_help_menu")
def hide_foreign_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own help leads to other hosts, in English."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new", "editor-guide"))]


class FreshnessItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW_FRESHNESS))


@hooks.register("register_reports_menu_item")
def freshness_item() -> MenuItem:
    return FreshnessItem(_("内容更新"), reverse("home_freshness"), name="freshness", icon_name="history", order=100)


class SiteHistoryItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW_SITE_HISTORY))


@hooks.register("register_reports_menu_item")
def site_history_item() -> MenuItem:
    url = reverse("wagtailadmin_reports:site_history")
    return SiteHistoryItem(_("网站历史"), url, name="history-of-site", icon_name="history", order=1000)


@hooks.register("construct_reports_menu")
def hide_wagtails_site_history(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail offers it to everybody who works on pages; it is the auditor's."""
    items[:] = [item for item in items if item.name != "site-history"]


class FreshnessPanel(Component):
    """On the admin's first page: each figure leads to its list."""

    name = "freshness"
    template_name = "home/admin/freshness_panel.html"
    order = 60

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        board = freshness_board(timezone.localdate())
        counts = {state: board.count(state) for state in ("overdue", "due", "empty")}
        return {"board": board, "url": reverse("home_freshness"), **counts}


@hooks.register("construct_homepage_panels")
def add_freshness_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(VIEW_FRESHNESS):
        panels.append(FreshnessPanel())


@hooks.register("before_edit_page")
def ask_why_it_is_returned(request: HttpRequest, page: Any) -> None:
    """Without a reason the text is saved as it was typed, the article stays under review, and a message says so."""
    if "action-workflow-action" not in request.POST or request.POST.get("workflow-action-name") != "reject":
        return
    try:
        said = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
        comment = said.get("comment") if isinstance(said, dict) else ""
    except ValueError:
        comment = ""
    if not str(comment or "").strip():
        values = request.POST.copy()
        del values["action-workflow-action"]
        request.POST = values  # type: ignore[assignment]  # a form without the pressed button
        messages.error(request, WHY_RETURNED)


@hooks.register("after_unpublish_page")
def note_unpublishing(request: HttpRequest, page: Any) -> None:
    note_move(page=page, verb="page_taken_down", user=request.user)


@hooks.register("after_delete_page")
def note_deletion(request: HttpRequest, page: Any) -> None:
    note_move(page=page, verb="page_deleted", user=request.user)


@hooks.register("construct_page_chooser_queryset")
def hide_others_business(pages: Any, request: HttpRequest) -> Any:
    hidden = unseen_pages(request.user)
    return pages if hidden is None else pages.exclude(hidden)
