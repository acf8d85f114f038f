"""Whatever is sent for a page waits until the one before it is through, and then sees what came of it."""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page, TaskState, WorkflowState

from portal.frame.templatetags.frame import cn_datetime
from portal.pages.adapters.content import pieces_of
from portal.pages.rules.content import Piece, plain

from ..models.review import WHY_RETURNED

View = Callable[..., HttpResponseBase]
IN_TURN = frozenset({"edit", "workflow_action", "collect_workflow_action_data"})
OWN_HAND = gettext_lazy("审核没有生效：您写过、改过、送审过或在另一级审过这一篇，请另一位审核。")
NOT_WAITING = gettext_lazy("审核没有生效：这一篇现在不在等您审核。")


def in_turn(view: View, name: str) -> View:
    """Two decisions at once would both find the page waiting: the second is told by whom it was taken, and keeps the
    words that were typed."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_modal = name != "edit"
        if (request.method != "POST" and not is_modal) or not request.user.has_perm("wagtailadmin.access_admin"):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            rows = Page.objects.filter(pk=kwargs["page_id"])
            page = (rows if request.method != "POST" else rows.select_for_update(of=("self",))).first()
            if page is None:
                return view(request, *args, **kwargs)
            action = kwargs["action_name"] if is_modal else _action_of(request)
            rights = page.specific.permissions_for_user(request.user)
            if action is None and rights.can_review() and not rights.can_edit() and request.accepts("text/html"):
                return _keep_words(request, page)  # saved from the form of a task that is over
            if action is None or not (rights.can_review() or (rights.can_edit() and not is_modal)):
                return view(request, *args, **kwargs)
            waiting = page.current_workflow_task_state
            if is_modal:  # a task that still waits is the view's to judge
                is_in_vain = waiting is None or waiting.pk != kwargs["task_state_id"]
            else:
                is_in_vain = action not in _offered(page, waiting, request.user)
            if is_in_vain:
                return REFUSALS[name](request, page)
            response = view(request, *args, **kwargs)
            if request.method == "POST" and name != "collect_workflow_action_data":
                _say_what_came(request, page, waiting)
            return response

    return wrapper


def _offered(page: Page, waiting: TaskState | None, user: Any) -> set[str]:
    return {name for name, *_rest in waiting.task.specific.get_actions(page, user)} if waiting else set()


def _say_what_came(request: HttpRequest, page: Page, waiting: TaskState) -> None:
    """Wagtail says “已更新” of a return and of a publication alike, or nothing."""
    waiting = TaskState.objects.select_related("workflow_state", "revision", "task").get(pk=waiting.pk)
    if waiting.finished_at is None:
        if request.resolver_match is not None and request.resolver_match.kwargs.get("action_name") == "reject":
            messages.error(request, WHY_RETURNED)
        return
    for _said in get_messages(request):  # read, and so not shown
        pass
    title = page.get_latest_revision_as_object().get_admin_display_title()
    messages.success(request, _("您已%(what)s：“%(title)s”。") % {"what": decision_words(waiting), "title": title})


def _action_of(request: HttpRequest) -> str | None:
    """The editor's own door only; without this Wagtail would keep the form as a draft over what was published."""
    return request.POST.get("workflow-action-name", "") if "action-workflow-action" in request.POST else None


def _hand_on(request: HttpRequest, page: Page) -> HttpResponseBase:
    """The dialog asks for words before the form is sent: let it go, the form's own answer says what happened."""
    return JsonResponse({"step": "success", "cleaned_data": {"comment": request.POST.get("comment", "")}})


def _answer(request: HttpRequest, page: Page) -> HttpResponseBase:
    """From the list of what waits: there is no form, at most a reason that was typed."""
    told = what_came(page, request.user)
    if comment := request.POST.get("comment", "").strip():
        told = _("%(told)s您写的意见没有发出：%(words)s") % {"told": told, "words": comment}
    messages.warning(request, told)
    home = reverse("wagtailadmin_home")
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"step": "success", "redirect": home})
    return redirect(home)


def _keep_words(request: HttpRequest, page: Page) -> HttpResponseBase:
    """The form of the editor: what was changed in it is shown once more, to be copied."""
    told, words = what_came(page, request.user), typed_words(request, page)
    parent = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    if not words:
        messages.warning(request, told)
        return redirect(parent)
    context = {
        "page_title": _("没有保存，也没有生效"),
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "warning",
        "told": told,
        "words": words,
        "parent_url": parent,
        "page": page.specific,
    }
    return render(request, "home/admin/decision_taken.html", context, status=409)


REFUSALS = {"edit": _keep_words, "workflow_action": _answer, "collect_workflow_action_data": _hand_on}


def what_came(page: Page, user: Any) -> str:
    """Who decided what and when, for somebody whose own decision was not taken."""
    if page.current_workflow_task is not None and page.current_workflow_task.user_can_access_editor(page, user):
        return str(OWN_HAND)
    states = WorkflowState.objects.for_instance(page)
    last = (
        TaskState.objects.filter(workflow_state__in=states, finished_at__isnull=False)
        .select_related("finished_by", "workflow_state", "revision", "task")
        .order_by("-finished_at", "-pk")
        .first()
    )
    if last is None:
        return str(NOT_WAITING)
    who = last.finished_by
    return _("审核没有生效：%(who)s已于%(when)s%(what)s。") % {
        "who": (who.real_name or who.get_username()) if who else _("系统"),
        "when": cn_datetime(last.finished_at),
        "what": decision_words(last),
    }


def decision_words(task_state: TaskState) -> str:
    """已退回修改, 审核通过并发布 …: what one decision made of the page."""
    if task_state.status == TaskState.STATUS_REJECTED:
        return _("退回修改")
    if task_state.status != TaskState.STATUS_APPROVED:
        return _("取消审核")
    if task_state.workflow_state.status != WorkflowState.STATUS_APPROVED:
        return _("通过%(level)s，等下一级审核") % {"level": task_state.task.name}
    revision = task_state.revision
    if revision is not None and revision.approved_go_live_at:
        return _("审核通过，%(when)s发布") % {"when": cn_datetime(revision.approved_go_live_at)}
    return _("审核通过并发布")


def typed_words(request: HttpRequest, page: Page) -> list[tuple[str, str]]:
    """Label and text of what this form says otherwise than the latest version, with the reason and new comments."""
    latest = page.get_latest_revision_as_object()
    before = {(each.label, _text(each)) for each in pieces_of(latest)}
    form_class = latest.get_edit_handler().get_form_class()
    form = form_class(
        request.POST,
        request.FILES,
        instance=page.get_latest_revision_as_object(),
        parent_page=page.get_parent().specific,
        for_user=request.user,
    )
    form.defer_required_fields()
    form.is_valid()  # puts what was typed on the instance
    changed = [(each.label, _text(each)) for each in pieces_of(form.instance)]
    words = [pair for pair in changed if pair not in before and pair[1].strip()]
    try:
        said = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
        reason = str(said.get("comment") or "").strip() if isinstance(said, dict) else ""
    except ValueError:
        reason = ""
    comments = [
        (_("批注"), str(text))
        for key, text in request.POST.dict().items()
        if re.fullmatch(r"comments-\d+(?:-replies-\d+)?-text", key)
        and str(text).strip()
        and not request.POST.get(f"{key.removesuffix('text')}id")
    ]
    return [*([(_("审核意见"), reason)] if reason else []), *words, *comments]


def _text(piece: Piece) -> str:
    return plain(piece.text)[0].strip() if piece.is_html else piece.text
