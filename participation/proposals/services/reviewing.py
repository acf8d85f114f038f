"""What a reviewer decides on one text: take, classify, publish, return, reject, divert."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ledger.rules.categories import always_diverts, group_of
from participation.ledger.rules.diversion import CHANNELS
from participation.moderation.rules import Refused
from participation.moderation.services import (
    claim_review,
    conclude_review,
    release_review,
    require_reason,
    require_unclaimed,
)
from participation.moderation.states import ReviewState
from portal.wording.services import mask

from .. import notifications
from ..models import Category, CategoryGroup, Proposal
from ..permissions import user_can_review_proposal
from ..rules.naming import generated_title
from ..states import Action
from .creating import public_author_label
from .moves import locked, move, require


def for_reviewer(proposal: Proposal, by: Any, action: Action) -> Proposal:
    row = locked(proposal)
    if not user_can_review_proposal(by, row):
        raise PermissionDenied
    if action == Action.TAKE:
        require_unclaimed(review=row.review, by=by)  # before the state: it tells who was faster
    require(row, action)
    return row


@transaction.atomic
def take_for_review(*, proposal: Proposal, by: Any) -> Proposal:
    """Claimed: nobody else can decide until it is released."""
    row = for_reviewer(proposal, by, Action.TAKE)
    claim_review(review=row.review, by=by)
    move(row, Action.TAKE, by=by, capacity="reviewer")
    return row


@transaction.atomic
def release_proposal(*, proposal: Proposal, by: Any) -> Proposal:
    row = for_reviewer(proposal, by, Action.RELEASE)
    release_review(review=row.review, by=by)
    move(row, Action.RELEASE, by=by, capacity="reviewer")
    return row


@transaction.atomic
def publish_proposal(
    *, proposal: Proposal, by: Any, public_title: str | None = None, public_body: str | None = None
) -> Proposal:
    """The corrected text, masked again, becomes readable; of a confidential one only the number.

    Without `public_title`/`public_body` the masked proposal of the review is taken. 干部违纪 cannot be published.
    """
    row = for_reviewer(proposal, by, Action.PUBLISH)
    if always_diverts(category=row.category, group=row.category_group):
        raise Refused(_("干部违纪类事项不在本平台公开，请告知12388渠道。"))
    title = mask(row.review.public_title if public_title is None else public_title).text.strip()
    body = mask(row.review.public_body if public_body is None else public_body).text.strip()
    if not row.is_confidential and not body:
        raise Refused(_("公开文本不能为空。"))
    title = title or generated_title(body)
    if len(title) > 200:
        raise Refused(_("公开标题不能超过200字。"))
    is_edited = body != row.review.original_body or title != row.review.original_title
    review = conclude_review(
        review=row.review, state=ReviewState.PUBLISHED, by=by, public_title=title, public_body=body
    )
    now = timezone.now()
    text: dict[str, str] = {}
    if not row.is_confidential:
        text = {
            "title": review.public_title,
            "body": review.public_body,
            "author_label": public_author_label(row),
        }
    entry = move(
        row,
        Action.PUBLISH,
        by=by,
        capacity="reviewer",
        detail={"is_edited": is_edited},
        published_at=now,
        public_reason="",
        **text,
    )
    notifications.proposal_published(row, entry)
    return row


@transaction.atomic
def return_for_correction(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    row = for_reviewer(proposal, by, Action.RETURN)
    reason = require_reason(reason)
    conclude_review(review=row.review, state=ReviewState.RETURNED, by=by, reason=reason)
    entry = move(row, Action.RETURN, by=by, capacity="reviewer", reason=reason)
    notifications.proposal_returned(row, entry)
    return row


@transaction.atomic
def reject_proposal(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    row = for_reviewer(proposal, by, Action.REJECT)
    reason = require_reason(reason)
    conclude_review(review=row.review, state=ReviewState.REJECTED, by=by, reason=reason)
    entry = move(row, Action.REJECT, by=by, capacity="reviewer", reason=reason)
    notifications.proposal_rejected(row, entry)
    return row


@transaction.atomic
def divert_proposal(*, proposal: Proposal, by: Any, channel: str, reason: str = "") -> Proposal:
    """Not a matter for this portal: the author is given the right phone and address. `channel` is a key of CHANNELS."""
    row = for_reviewer(proposal, by, Action.DIVERT)
    divert_locked(row, by=by, channel=channel, reason=reason)
    return row


def divert_locked(row: Proposal, *, channel: str, by: Any = None, reason: str = "") -> None:
    if channel not in CHANNELS:
        raise Refused(_("请选择告知的渠道。"))
    reason = reason.strip() or _("不属于本平台受理范围，请通过以下渠道反映。")
    conclude_review(review=row.review, state=ReviewState.DIVERTED, by=by, reason=reason, outcome={"channel": channel})
    entry = move(
        row,
        Action.DIVERT,
        by=by,
        capacity="reviewer" if by else "system",
        reason=reason,
        detail={"channel": channel},
        diverted_to=channel,
    )
    notifications.proposal_diverted(row, entry)


@transaction.atomic
def classify_proposal(*, proposal: Proposal, by: Any, category: str) -> Proposal:
    """Staff give one of the 24 labels; the plain group follows from it."""
    row = for_reviewer(proposal, by, Action.CLASSIFY)
    if category not in Category.values:
        raise Refused(_("没有这个类别。"))
    group = group_of(category) if category != Category.UNSORTED else row.category_group
    before = row.category
    if category == before:
        return row
    move(
        row,
        Action.CLASSIFY,
        by=by,
        capacity="reviewer",
        detail={"from": before, "to": category},
        category=category,
        category_group=group if group in CategoryGroup.values else CategoryGroup.UNSURE,
    )
    return row
