"""Who is told what by the review, through the portal's outbox; Wagtail's own mails are switched off (wagtail_hooks)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.selectors import users_with_role
from portal.outbox.services import queue_messages

from .models import ReviewTask
from .models.review import ROLES

KIND = "page_review"


def page_submitted(*, task_state: Any, page: Any) -> None:
    """The reviewers of this level in the page's division, without those whose own hand was on it."""
    task = task_state.task.specific
    division = page.division_in_charge
    if not isinstance(task, ReviewTask) or division is None:
        return
    reviewers = [user for user in users_with_role(ROLES[task.level], division) if task.user_can_review(page, user)]
    _tell(page, f"review:{task_state.pk}", reviewers, _("有一篇稿件待您审核：%(title)s"))


def page_returned(*, task_state: Any, page: Any) -> None:
    author = task_state.workflow_state.requested_by
    _tell(page, f"returned:{task_state.pk}", [author], _("稿件被退回修改：%(title)s"))


def page_passed(*, workflow_state: Any, page: Any) -> None:
    _tell(page, f"passed:{workflow_state.pk}", [workflow_state.requested_by], _("稿件已审核通过：%(title)s"))


def _tell(page: Any, event: str, recipients: list[Any], title: str) -> None:
    queue_messages(
        event=f"page:{page.pk}:{event}",
        kind=KIND,
        recipients=[user for user in recipients if user is not None],
        title=title % {"title": page.get_admin_display_title()},
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        subject_kind="page",
        subject_key=str(page.pk),
    )
