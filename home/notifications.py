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


def page_commented(*, page: Any, by: Any, changes: dict[str, Any]) -> None:
    """批注: the author, who submitted it, who follows its comments and who wrote in the thread, if they may open it."""
    state = page.current_workflow_state
    around = {page.owner, state.requested_by if state else None}
    around |= {row.user for row in page.subscribers.filter(comment_notifications=True).select_related("user")}
    for comment in changes["new_comments"]:
        _tell_of_comment(page, by, f"comment:{comment.pk}", around, _("稿件有新的批注：%(title)s"))
    for comment, replies in changes["new_replies"]:
        thread = around | {comment.user, *(reply.user for reply in comment.replies.all())}
        for reply in replies:
            _tell_of_comment(page, by, f"reply:{reply.pk}", thread, _("批注有新的回复：%(title)s"))
    for comment in changes["resolved_comments"]:
        _tell_of_comment(page, by, f"resolved:{comment.pk}", {comment.user}, _("批注已处理：%(title)s"))


def _tell_of_comment(page: Any, by: Any, event: str, people: set[Any], title: str) -> None:
    others = people - {by, None}
    _tell(page, event, [user for user in others if page.permissions_for_user(user).can_edit()], title)


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
