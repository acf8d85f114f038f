"""Writing and deciding with scripts off: Wagtail's editor is nothing without them.

The decision itself is posted to Wagtail's own door, which answers plain forms as well.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from portal.pages.adapters.page_form import OVERTAKEN

from ..forms import PlainPageForm
from ..models import NewsPage, StandardPage
from ..services import Overtaken, keep_page


@require_http_methods(["GET", "HEAD", "POST"])
def plain_add(request: HttpRequest, parent_id: int) -> HttpResponse:
    """An article in a column."""
    parent = get_object_or_404(Page, pk=parent_id).specific
    may_add = parent.permissions_for_user(request.user).can_add_subpage()
    if not may_add or NewsPage not in parent.allowed_subpage_models():
        raise PermissionDenied(_("您不能在这里写稿。"))
    page = NewsPage(editor=request.user.real_name)
    form = PlainPageForm(request.POST or None, page=page, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.fill()
        is_submitted = "submit" in request.POST
        if not is_submitted or form.may_be_submitted():
            keep_page(page=page, user=request.user, parent=parent, submit=is_submitted)
            return _kept(request, page, is_submitted)
    context = {"page_title": _("写一篇"), "page_subtitle": parent.title, "form": form, "may_write": True}
    context["may_submit"] = True
    return render(request, "home/admin/plain_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def plain_edit(request: HttpRequest, page_id: int) -> HttpResponse:
    """What stands there, where it is in the review, and what this person may do about it now."""
    live = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(live, NewsPage | StandardPage):
        raise Http404
    rights = live.permissions_for_user(request.user)
    if not rights.can_view_revisions():
        raise PermissionDenied(_("这一页不在您的工作范围内。"))
    page: Any = live.get_latest_revision_as_object()
    lock = page.get_lock()
    may_write = rights.can_edit() and not (lock and lock.for_user(request.user))
    form = PlainPageForm(request.POST or None, page=page, user=request.user)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied(_("这一页正在审核或已锁定，现在不能改。"))
        is_submitted = "submit" in request.POST and rights.can_submit_for_moderation()
        if form.is_valid() and (form.fill() is not None) and (not is_submitted or form.may_be_submitted()):
            try:
                keep_page(page=page, user=request.user, loaded=form.cleaned_data["loaded"], submit=is_submitted)
                return _kept(request, page, is_submitted)
            except Overtaken:
                form.add_error(None, OVERTAKEN)
                form.data = form.data.copy()
                form.data["loaded"] = str(live.latest_revision_id)
    state = page.current_workflow_state
    task_state = state.current_task_state if state else None
    task = page.current_workflow_task
    context = {
        "page_title": page.get_admin_display_title(),
        "page_subtitle": page.get_verbose_name(),
        "form": form,
        "page": page,
        "may_write": may_write,
        "may_submit": rights.can_submit_for_moderation(),
        "may_preview": rights.can_edit() or rights.can_publish(),
        "task_state": task_state,
        "is_returned": task_state is not None and task_state.status == TaskState.STATUS_REJECTED,
        "actions": {name for name, *_rest in task.get_actions(page, request.user)} if task else set(),
        "own_url": reverse("home_plain_edit", args=[page.pk]),
    }
    return render(request, "home/admin/plain_page.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, page: Any, is_submitted: bool) -> HttpResponse:
    messages.success(request, _("已提交审核。") if is_submitted else _("草稿已保存。"))
    return redirect("home_plain_edit", page.pk)
