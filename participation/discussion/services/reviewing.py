"""What a reviewer decides on one comment."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import (
    claim_review,
    conclude_review,
    confirm_review,
    reconsider_review,
    release_review,
    require_reason,
    require_unclaimed,
)
from participation.moderation.states import ReviewState
from portal.wording.services import mask

from .. import notifications
from ..models import Comment
from ..permissions import user_can_review_comment
from ..states import Action
from .moves import locked, move, require
from .writing import label_of, make_public, replace_text


def _for_reviewer(comment: Comment, by: Any, action: Action) -> Comment:
    row = locked(comment)
    if not user_can_review_comment(by, row):
        raise PermissionDenied
    if action == Action.TAKE:
        require_unclaimed(review=row.review, by=by)
    require(row, action)
    return row


@transaction.atomic
def take_for_review(*, comment: Comment, by: Any) -> Comment:
    row = _for_reviewer(comment, by, Action.TAKE)
    claim_review(review=row.review, by=by)
    move(row, Action.TAKE, by=by, capacity="reviewer")
    return row


@transaction.atomic
def release_comment(*, comment: Comment, by: Any) -> Comment:
    row = _for_reviewer(comment, by, Action.RELEASE)
    release_review(review=row.review, by=by)
    move(row, Action.RELEASE, by=by, capacity="reviewer")
    return row


@transaction.atomic
def publish_comment(*, comment: Comment, by: Any, public_body: str | None = None) -> Comment:
    """The corrected text, masked again, becomes readable; of an edit, in the place of the former text."""
    is_edit = comment.is_edit_waiting
    row = _for_reviewer(comment, by, Action.PUBLISH_EDIT if is_edit else Action.PUBLISH)
    if is_edit and not row.is_edit_waiting:
        raise Refused(_("没有等待审核的修改。"))
    body = mask(row.review.public_body if public_body is None else public_body).text.strip()
    if not body:
        raise Refused(_("公开文本不能为空。"))
    row.review = conclude_review(review=row.review, state=ReviewState.PUBLISHED, by=by, public_body=body)
    if is_edit:
        entry = replace_text(row, by=by, capacity="reviewer", body=body)
        notifications.comment_decided("edit_published", row, entry)
    else:
        entry = make_public(row, Action.PUBLISH, by=by, capacity="reviewer", body=body)
        notifications.comment_decided("published", row, entry)
    return row


@transaction.atomic
def return_comment(*, comment: Comment, by: Any, reason: str) -> Comment:
    if comment.is_edit_waiting:
        return _refuse_edit(comment, by, reason)
    row, reason = _for_reviewer(comment, by, Action.RETURN), require_reason(reason)
    conclude_review(review=row.review, state=ReviewState.RETURNED, by=by, reason=reason)
    notifications.comment_returned(row, move(row, Action.RETURN, by=by, capacity="reviewer", reason=reason), reason)
    return row


@transaction.atomic
def reject_comment(*, comment: Comment, by: Any, reason: str) -> Comment:
    if comment.is_edit_waiting:
        return _refuse_edit(comment, by, reason)
    row, reason = _for_reviewer(comment, by, Action.REJECT), require_reason(reason)
    conclude_review(review=row.review, state=ReviewState.REJECTED, by=by, reason=reason)
    entry = move(row, Action.REJECT, by=by, capacity="reviewer", reason=reason)
    notifications.comment_decided("rejected", row, entry, reason=reason)
    return row


def _refuse_edit(comment: Comment, by: Any, reason: str) -> Comment:
    """The former text stays public; the review again holds what is."""
    row, reason = _for_reviewer(comment, by, Action.REFUSE_EDIT), require_reason(reason)
    if not row.is_edit_waiting:
        raise Refused(_("没有等待审核的修改。"))
    kept = _latest_text(row)
    conclude_review(review=row.review, state=ReviewState.PUBLISHED, by=by, reason=reason, public_body=kept)
    entry = move(row, Action.REFUSE_EDIT, by=by, capacity="reviewer", reason=reason, is_edit_waiting=False)
    notifications.comment_decided("edit_refused", row, entry, reason=reason)
    return row


def _latest_text(comment: Comment) -> str:
    text = comment.texts.last()
    return str(text.body) if text else ""


@transaction.atomic
def hide_comment(*, comment: Comment, by: Any, reason: str, public_note: str = "") -> Comment:
    """One person hides at once, a second confirms or restores (decisions.md 26). The text leaves the public row."""
    row, reason = _for_reviewer(comment, by, Action.HIDE), require_reason(reason)
    if not row.is_public:
        raise Refused(_("这条评论当前没有公开。"))
    if row.is_edit_waiting:  # the edit falls with the comment; what was public stays known
        conclude_review(review=row.review, state=ReviewState.PUBLISHED, by=by, public_body=_latest_text(row))
    conclude_review(review=row.review, state=ReviewState.HIDDEN, by=by, reason=reason)
    entry = move(
        row,
        Action.HIDE,
        by=by,
        capacity="reviewer",
        reason=reason,
        is_edit_waiting=False,
        hidden_at=timezone.now(),
        hidden_by=by,
        hiding_confirmed_by=None,
        hiding_note=mask(public_note).text.strip()[:200],
        body="",
        author_label="",
    )
    notifications.comment_decided("hidden", row, entry, reason=reason)
    return row


@transaction.atomic
def confirm_hiding(*, comment: Comment, by: Any) -> Comment:
    """The second person agrees: it stays away, what it said is kept in the review as evidence."""
    row = _for_reviewer(comment, by, Action.CONFIRM_HIDING)
    confirm_review(review=row.review, by=by)
    entry = move(row, Action.CONFIRM_HIDING, by=by, capacity="reviewer", hiding_confirmed_by=by)
    notifications.comment_decided("hidden_for_good", row, entry)
    return row


@transaction.atomic
def restore_comment(*, comment: Comment, by: Any, reason: str = "", on_appeal: bool = False) -> Comment:
    """The second person does not agree, or an appeal was granted: the text that was public is public again."""
    row = _for_reviewer(comment, by, Action.RESTORE)
    if row.hidden_at is None:
        raise Refused(_("这条评论没有被隐去。"))
    conclude_review(review=row.review, state=ReviewState.PUBLISHED, by=by, reason=reason, on_appeal=on_appeal)
    entry = move(
        row,
        Action.RESTORE,
        by=by,
        capacity="reviewer",
        reason=reason.strip(),
        hidden_at=None,
        hidden_by=None,
        hiding_confirmed_by=None,
        hiding_note="",
        body=_latest_text(row),
        author_label=label_of(row),
    )
    notifications.comment_decided("restored", row, entry)
    return row


@transaction.atomic
def reconsider_comment(*, comment: Comment, by: Any, reason: str = "") -> Comment:
    """The author's appeal was granted: the same words come to the queue again."""
    row = _for_reviewer(comment, by, Action.RECONSIDER)
    reconsider_review(review=row.review)
    move(row, Action.RECONSIDER, by=by, capacity="reviewer", reason=reason.strip())
    return row
