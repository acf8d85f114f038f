"""What the portal itself notes when a page goes out or is taken down."""

import logging
import time
from typing import Any

from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page, TaskState, WorkflowState

from portal.trail.services import record

from . import notifications
from .models import NewsPage, ReviewTask
from .models.review import ROLES
from .selectors import pictures_to_make

logger = logging.getLogger(__name__)
SECONDS_FOR_PICTURES = 25  # of one run; the next goes on


def note_publication(*, page: Any) -> None:
    """The first day it was public is the day that is shown (no date is typed in); who passed it stands beside."""
    if not page.live:  # a schedule is announced by the same signal
        return
    note_move(page=page, verb="page_published")
    if not isinstance(page, NewsPage):
        return
    # only the review of this very version counts: a superuser may have published another past it
    approved = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_APPROVED)
    passed = approved.filter(task_states__revision_id=page.live_revision_id).order_by("-pk").first()
    names = ""
    if passed is not None:
        states = passed.task_states.filter(status=TaskState.STATUS_APPROVED).select_related("finished_by")
        people = {state.finished_by_id: state.finished_by for state in states.order_by("finished_at", "pk")}
        names = "、".join(str(person.real_name or person.get_username()) for person in people.values() if person)
    NewsPage.objects.filter(pk=page.pk).update(published_at=page.first_published_at, reviewer=names[:120])


def note_decision(*, task_state: Any, verb: str, user: Any) -> None:
    """A level of the review is decided: into the record, and the author hears of a return."""
    page = task_state.workflow_state.content_object.specific
    task = task_state.task.specific
    if not isinstance(task, ReviewTask):
        return
    record(
        subject_kind="page",
        subject_key=str(page.pk),
        verb=verb,
        actor=user,
        capacity=ROLES[task.level],
        detail={"level": task.level, "revision": task_state.revision_id},
    )
    if verb == "page_returned":
        notifications.page_returned(task_state=task_state, page=page)


def note_submission(*, task_state: Any) -> None:
    page = task_state.workflow_state.content_object.specific
    notifications.page_submitted(task_state=task_state, page=page)


def note_passing(*, workflow_state: Any) -> None:
    page = workflow_state.content_object.specific
    notifications.page_passed(workflow_state=workflow_state, page=page)


def note_move(*, page: Any, verb: str, user: Any = None) -> None:
    """Published, taken down or deleted."""
    record(subject_kind="page", subject_key=str(page.pk), verb=verb, actor=user)


class Overtaken(Exception):
    """Somebody else kept another version since this one was loaded."""


@transaction.atomic
def keep_page(*, page: Any, user: Any, parent: Any = None, loaded: str = "", submit: bool = False) -> Any:
    """A draft, new below `parent` or another version; submitted where `submit`. Rights are asked before."""
    if parent is not None:
        page.owner, page.live = user, False
        parent.add_child(instance=page)
    else:
        row = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
        newest = row.latest_revision
        if newest is not None and str(newest.pk) != loaded and newest.user_id != user.pk:
            raise Overtaken
        if not page.live:
            page.save()
    page.save_revision(user=user, log_action=True, clean=False)
    if submit:
        state = page.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user)
        else:
            page.get_workflow().start(page, user)
    return page


def publish_due() -> str:
    """定时发布 and 到期撤下: what was passed with a time for it."""
    call_command("publish_scheduled", verbosity=0)
    return "scheduled pages published"


def make_pictures() -> str:
    """Every size that a page will ask for, lest its first reader wait. What cannot be read is left to its page."""
    made, until = 0, time.monotonic() + SECONDS_FOR_PICTURES
    for image, sizes in pictures_to_make():
        if time.monotonic() > until:
            break
        try:
            image.get_renditions(*sizes)
            made += 1
        except Exception as error:
            logger.warning("Picture %s cannot be made smaller: %s", image.pk, type(error).__name__)
    return f"{made} pictures made in their sizes"
