"""What authors do: write, correct, edit, withdraw."""

from secrets import token_hex
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.models import Review
from participation.moderation.rules import Refused
from participation.moderation.rules.screening import reasons_for_review
from participation.moderation.selectors import author_facts
from participation.moderation.services import conclude_review, open_review, reopen_review
from participation.moderation.states import ReviewState
from portal.follows.models import Follow
from portal.follows.services import follow
from portal.idempotency.services import fingerprint, once
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import term

from .. import notifications
from ..models import Capacity, Comment, CommentText, Stance, Thread
from ..permissions import capacities_of, user_is_author
from ..rules import REVIEW_ALL, TEXT_LENGTH
from ..selectors import SUBJECT_KIND, THREAD_KIND, closure_of, is_open, may_edit_now
from ..states import Action
from .moves import locked, move, require


def write_comment(
    *,
    thread: Thread,
    author: Any,
    form_key: str,
    text: str,
    capacity: str = Capacity.RESIDENT.value,
    stance: str = "",
    reply_to: Comment | None = None,
) -> Comment:
    """One comment per `form_key` (double click, reload); public at once or after review, as the terms say.

    Raises PermissionDenied for a capacity that this person has not, Refused for a closed thread or a text that will
    not do. An answer to an answer stands under the same comment and quotes the one it answers.
    """
    if capacity not in capacities_of(author, thread.division):
        raise PermissionDenied
    content = {"text": text, "capacity": capacity, "stance": stance, "reply_to": reply_to.pk if reply_to else 0}
    pk = once(
        key=form_key,
        scope=f"discussion.write:{author.pk}:{thread.pk}",
        fingerprint=fingerprint(content),
        action=lambda: str(_create(thread, author, text, capacity, stance, reply_to).pk),
    ).result
    return Comment.objects.select_related("review", "thread").get(pk=int(pk))


def checked_text(text: str) -> str:
    text = text.strip().replace("\r\n", "\n")
    if not text:
        raise Refused(_("请写下您的意见。"))
    if len(text) > TEXT_LENGTH:
        raise Refused(_("最多%d个字。") % TEXT_LENGTH)
    return text


def _create(thread: Thread, author: Any, text: str, capacity: str, stance: str, reply_to: Comment | None) -> Comment:
    # read again inside the transaction: it may have been closed while somebody wrote
    thread = Thread.objects.select_related("division").get(pk=thread.pk)
    _refuse_closed(thread)
    if reply_to is not None and (reply_to.thread_id != thread.pk or not reply_to.is_public):
        raise Refused(_("要回复的评论已不在页面上。"))
    now = timezone.now()
    comment = Comment(
        thread=thread,
        author=author,
        capacity=capacity,
        stance=stance if stance in Stance.values and reply_to is None else "",
        parent=(reply_to.parent or reply_to) if reply_to else None,
        reply_to=reply_to,
        submitted_at=now,
        review=_reviewed_under_a_passing_key(thread.division, checked_text(text), now, author),
    )
    _refuse_blocked(comment.review)
    comment.save(force_insert=True)
    Review.objects.filter(pk=comment.review_id).update(subject_key=comment.key)
    comment.review.subject_key = comment.key
    move(comment, Action.WRITE, by=author, capacity=capacity)
    # a summary a day at most: whoever writes wants to know what became of it, not every word of it
    follow(user=author, subject_kind=THREAD_KIND, subject_key=thread.key, frequency=Follow.Frequency.DAILY)
    _publish_unless_reviewed(comment)
    return comment


def _refuse_closed(thread: Thread) -> None:
    if not is_open(thread):
        raise Refused(_("讨论已经结束，不能再发表评论。"))
    if closure := closure_of(thread):
        raise Refused(_("评论暂时关闭：%s") % closure.notice)


def _refuse_blocked(review: Review) -> None:
    """拦截: a word of that level is named beside the field; nothing of the text is kept."""
    words = {review.original_body[hit["start"] : hit["end"]] for hit in review.hits if hit.get("level") == "block"}
    if words:
        raise Refused(_("含有不能发布的词语：%s。请修改后再提交。") % "、".join(sorted(words)))


def _reviewed_under_a_passing_key(division: Division, text: str, now: Any, author: Any) -> Review:
    """The review needs a key and the comment needs the review: the comment's own number is set right after."""
    return open_review(
        kind=SUBJECT_KIND,
        subject_key=f"new-{token_hex(12)}",
        division=division,
        title="",
        body=text,
        submitted_at=now,
        author=author,
    )


def _publish_unless_reviewed(comment: Comment) -> None:
    if not _must_be_reviewed(comment):
        conclude_review(review=comment.review, state=ReviewState.PUBLISHED)
        make_public(comment, Action.PUBLISH_UNREVIEWED, by=comment.author, capacity=comment.capacity)


def _must_be_reviewed(comment: Comment) -> bool:
    """Staff answer for their own words; others as the term `comment_review` says, with the reasons kept in the review.

    Its own text counts among those of the last minutes.
    """
    if comment.capacity == Capacity.OFFICIAL:
        return False
    text = comment.review.original_body
    facts = author_facts(comment.author, text, timezone.now())
    levels = [str(hit.get("level", "")) for hit in comment.review.hits]
    reasons = sorted(reasons_for_review(text, levels, facts))
    Review.objects.filter(pk=comment.review_id).update(outcome={"reasons": reasons})
    return bool(reasons) or str(term(comment.thread.division, "comment_review")) == REVIEW_ALL


def make_public(comment: Comment, action: Action, *, by: Any, capacity: str, body: str | None = None) -> int:
    """The text of the review becomes readable, the author's name of today beside it. The review is concluded."""
    body = comment.review.public_body if body is None else body
    now = timezone.now()
    entry = move(
        comment,
        action,
        by=by,
        capacity=capacity,
        body=body,
        author_label=label_of(comment),
        published_at=now,
    )
    CommentText.objects.create(comment=comment, body=body, published_at=now)
    notifications.comment_appeared(comment, entry)
    return entry


def label_of(comment: Comment) -> str:
    """A deputy's name is public (代表法), residents and members appear as their account says, staff as the place."""
    if comment.capacity == Capacity.OFFICIAL:
        return _("%s工作人员") % comment.thread.division.name
    if comment.capacity == Capacity.DEPUTY:
        return str(comment.author.get_full_name())[:60]
    return str(comment.author.display_name)[:60]


def _own(comment: Comment, by: Any, action: Action) -> Comment:
    row = locked(comment)
    if not user_is_author(by, row):
        raise PermissionDenied
    require(row, action)
    return row


@transaction.atomic
def resubmit_comment(*, comment: Comment, by: Any, text: str) -> Comment:
    """What was returned with a reason goes back to the queue, amended."""
    row, text = _own(comment, by, Action.RESUBMIT), checked_text(text)
    _refuse_closed(row.thread)
    row.review = reopen_review(review=row.review, title="", body=text)
    _refuse_blocked(row.review)
    move(row, Action.RESUBMIT, by=by, capacity=row.capacity)
    return row


@transaction.atomic
def edit_comment(*, comment: Comment, by: Any, text: str) -> Comment:
    """Within the window: the new text replaces the old one once it may be public; every public text stays readable."""
    row, text = _own(comment, by, Action.EDIT), checked_text(text)
    if not may_edit_now(row):
        raise Refused(_("修改时间已过，或者上一次修改还在审核。"))
    _refuse_closed(row.thread)
    if text == row.review.original_body:
        raise Refused(_("内容没有变化。"))
    row.review = reopen_review(review=row.review, title="", body=text)
    _refuse_blocked(row.review)
    move(row, Action.EDIT, by=by, capacity=row.capacity, is_edit_waiting=True)
    if not _must_be_reviewed(row):
        conclude_review(review=row.review, state=ReviewState.PUBLISHED)
        replace_text(row, by=by, capacity=row.capacity, body=row.review.public_body)
    return row


def replace_text(comment: Comment, *, by: Any, capacity: str, body: str) -> int:
    """An edit that may be public; the former text stays in the history."""
    now = timezone.now()
    fields: dict[str, Any] = {"edited_at": now, "is_edit_waiting": False}
    if comment.is_public:
        fields["body"] = body
    entry = move(comment, Action.PUBLISH_EDIT, by=by, capacity=capacity, **fields)
    CommentText.objects.create(comment=comment, body=body, published_at=now)
    return entry


@transaction.atomic
def withdraw_comment(*, comment: Comment, by: Any) -> Comment:
    """The author takes it back; where others answered, a line without words keeps its place."""
    row = _own(comment, by, Action.WITHDRAW)
    if row.hidden_at is not None:
        raise Refused(_("这条评论已被隐去，不能撤回。"))
    if row.review.state != ReviewState.CLOSED:
        conclude_review(review=row.review, state=ReviewState.CLOSED, by=by)
    move(row, Action.WITHDRAW, by=by, capacity=row.capacity, body="", author_label="", is_edit_waiting=False)
    return row
