"""What every transition does: lock and re-read, ask the table of moves, write, count, record."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import STATE_LABELS, Comment, Thread
from ..selectors import SUBJECT_KIND
from ..states import Action, State, next_state


def locked(comment: Comment) -> Comment:
    """The row as it is now, locked until the transaction ends; before its review, its parent and its thread."""
    rows = Comment.objects.select_for_update(of=("self",)).select_related("review", "thread__division", "author")
    return rows.get(pk=comment.pk)


def locked_thread(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(of=("self",)).select_related("division").get(pk=thread.pk)


def require(comment: Comment, action: Action) -> State:
    state = next_state(action, State(comment.state))
    if state is None:
        raise Refused(_("这条评论当前为“%s”，不能进行此操作。") % STATE_LABELS[State(comment.state)])
    return state


def move(
    comment: Comment,
    action: Action,
    *,
    by: Any,
    capacity: str,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    **fields: Any,
) -> int:
    """Write `fields` and the next state of a locked row, the counters, the trail entry; the entry's number."""
    was = _Standing(comment)
    before, after = State(comment.state), require(comment, action)
    for name, value in fields.items():
        setattr(comment, name, value)
    comment.state = after
    comment.is_listed = belongs_on_page(comment)
    if comment.is_public and comment.parent_id and not comment.reply_rank:
        comment.reply_rank = _next_rank(comment.parent_id)
    comment.save()
    _count(comment, was)
    entry = record(
        subject_kind=SUBJECT_KIND,
        subject_key=comment.key,
        verb=action,
        actor=by,
        capacity=capacity,
        from_state=before,
        to_state=after,
        reason=reason,
        detail={"thread": comment.thread_id, **(detail or {})},
    )
    return int(entry.pk)


class _Standing:
    """What a comment counted for before a change."""

    def __init__(self, comment: Comment) -> None:
        self.is_public, self.is_listed = comment.is_public, comment.is_listed


def belongs_on_page(comment: Comment) -> bool:
    """Public; hidden, as a placeholder that says so; withdrawn, as a placeholder where there are answers."""
    if comment.published_at is None:
        return False
    if comment.state == State.WITHDRAWN:
        return comment.reply_count > 0
    return comment.state == State.PUBLISHED


def _next_rank(parent_id: int) -> int:
    """The parent's row stays locked until the end: two answers at once get two ranks."""
    Comment.objects.filter(pk=parent_id).update(reply_serial=F("reply_serial") + 1)
    return int(Comment.objects.values_list("reply_serial", flat=True).get(pk=parent_id))


def _count(comment: Comment, was: _Standing) -> None:
    """By differences, never by counting: what a comment costs does not grow with its thread."""
    listed = int(comment.is_listed) - int(was.is_listed)
    if listed and comment.parent_id:
        parent = Comment.objects.filter(pk=comment.parent_id)
        parent.update(reply_count=Greatest(F("reply_count") + listed, 0))
        # its placeholder comes with the first answer and goes with the last one, as `belongs_on_page` says
        has_answers = ExpressionWrapper(Q(reply_count__gt=0), output_field=BooleanField())
        parent.filter(state=State.WITHDRAWN, published_at__isnull=False).update(is_listed=has_answers)
    public = int(comment.is_public) - int(was.is_public)
    if not public:
        return
    changes: dict[str, Any] = {"comment_count": Greatest(F("comment_count") + public, 0)}
    if comment.stance:
        name = f"{comment.stance}_count"
        changes[name] = Greatest(F(name) + public, 0)
    if public > 0:
        changes["last_comment_at"] = comment.published_at
    Thread.objects.filter(pk=comment.thread_id).update(**changes)
