"""What the portal itself notes when a page goes out or is taken down."""

from typing import Any

from wagtail.models import TaskState, WorkflowState

from .models import NewsPage


def note_publication(*, page: Any) -> None:
    """The first day it was public is the day that is shown (no date is typed in); who passed it stands beside."""
    if not isinstance(page, NewsPage) or not page.live:  # a schedule is announced by the same signal
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
