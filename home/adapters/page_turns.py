"""Whatever is sent for a page waits until the one before it is through, and then sees what came of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

View = Callable[..., HttpResponseBase]
IN_TURN = frozenset({"edit", "workflow_action", "collect_workflow_action_data"})
DECIDED = gettext_lazy("审核没有生效：这一篇可能已由别人审过；您写过或改过的，请另一位审核。")


def in_turn(view: View) -> View:
    """Two decisions at once would both find the page waiting: the second is told instead."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not request.user.has_perm("wagtailadmin.access_admin"):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            page = Page.objects.select_for_update(of=("self",)).filter(pk=kwargs["page_id"]).first()
            if page is not None and _decides_in_vain(request, page):
                messages.warning(request, DECIDED)
                return redirect("wagtailadmin_explore", page.get_parent().pk)
            return view(request, *args, **kwargs)

    return wrapper


def _decides_in_vain(request: HttpRequest, page: Page) -> bool:
    """The editor's own door only; without this Wagtail would keep the form as a draft over what was published."""
    if "action-workflow-action" not in request.POST:
        return False
    task = page.current_workflow_task
    offered = task.get_actions(page, request.user) if task else []
    return request.POST.get("workflow-action-name") not in {name for name, *_rest in offered}
