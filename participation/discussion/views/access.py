"""Whether a thread may be seen at all is its owner's word."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.trail.subjects import Subject

from ..models import Comment, Thread
from ..permissions import user_can_view_comment
from ..selectors import subject_of


def visible_subject(user: Any, thread: Thread) -> Subject:
    """What is discussed; 404 where this person may not see it."""
    subject = subject_of(thread)
    if subject is None or not subject.visible_to(user):
        raise Http404
    return subject


def thread_or_404(user: Any, pk: int) -> tuple[Thread, Subject]:
    thread = get_object_or_404(Thread.objects.select_related("division"), pk=pk)
    return thread, visible_subject(user, thread)


def answered_or_404(user: Any, pk: int) -> tuple[Comment, Subject]:
    """A comment that somebody answers: also one that was hidden or withdrawn while they wrote, without its words."""
    rows = Comment.objects.select_related("thread__division", "review", "parent", "reply_to")
    comment = get_object_or_404(rows, pk=pk, published_at__isnull=False)
    return comment, visible_subject(user, comment.thread)


def comment_or_404(user: Any, pk: int) -> tuple[Comment, Subject]:
    """A comment that this person may see, public or not."""
    rows = Comment.objects.select_related("thread__division", "review", "parent", "reply_to")
    comment = get_object_or_404(rows, pk=pk)
    subject = visible_subject(user, comment.thread)
    if not user_can_view_comment(user, comment):
        raise Http404
    return comment, subject
