"""What a reviewer decides on one report."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ledger.models import Category
from participation.ledger.rules.diversion import CHANNELS
from participation.ledger.services import follow_hiding
from participation.moderation.rules import Refused
from participation.moderation.services import (
    claim_review,
    conclude_review,
    reconsider_review,
    release_review,
    require_reason,
    require_unclaimed,
)
from participation.moderation.states import ReviewState
from portal.follows.services import follow, move_followers
from portal.wording.services import mask

from ..models import Sighting, SnapPhoto, SnapReport
from ..notifications import SUBJECT_KIND
from ..permissions import user_can_review_snap
from ..states import OPEN, Action, State
from .moves import locked, move, require


def _for_reviewer(snap: SnapReport, by: Any, action: Action) -> SnapReport:
    row = locked(snap)
    if not user_can_review_snap(by, row):
        raise PermissionDenied
    if action == Action.TAKE:
        require_unclaimed(review=row.review, by=by)
    require(row, action)
    return row


@transaction.atomic
def take_for_review(*, snap: SnapReport, by: Any) -> SnapReport:
    row = _for_reviewer(snap, by, Action.TAKE)
    claim_review(review=row.review, by=by)
    move(row, Action.TAKE, by=by, capacity="reviewer")
    return row


@transaction.atomic
def release_snap(*, snap: SnapReport, by: Any) -> SnapReport:
    row = _for_reviewer(snap, by, Action.RELEASE)
    release_review(review=row.review, by=by)
    move(row, Action.RELEASE, by=by, capacity="reviewer")
    return row


@transaction.atomic
def classify_snap(*, snap: SnapReport, by: Any, category: str) -> SnapReport:
    row = _for_reviewer(snap, by, Action.CLASSIFY)
    if category not in Category.values:
        raise Refused(_("没有这个类别。"))
    if category != row.category:
        detail = {"from": row.category, "to": category}
        move(row, Action.CLASSIFY, by=by, capacity="reviewer", detail=detail, category=category)
    return row


@transaction.atomic
def review_snap(
    *, snap: SnapReport, by: Any, public_place: str | None = None, public_text: str | None = None
) -> SnapReport:
    """The corrected words, masked again, and the photos that are not withheld become public."""
    row = _for_reviewer(snap, by, Action.REVIEW)
    place = mask(row.review.public_title if public_place is None else public_place).text.strip()
    text = mask(row.review.public_body if public_text is None else public_text).text.strip()
    if not text:
        raise Refused(_("公开文本不能为空。"))
    conclude_review(review=row.review, state=ReviewState.PUBLISHED, by=by, public_title=place, public_body=text)
    SnapPhoto.objects.filter(snap=row).update(is_reviewed=True)
    move(
        row,
        Action.REVIEW,
        by=by,
        capacity="reviewer",
        place=place[:120],
        text=text,
        published_at=timezone.now(),
    )
    return row


@transaction.atomic
def return_snap(*, snap: SnapReport, by: Any, reason: str) -> SnapReport:
    row, reason = _for_reviewer(snap, by, Action.RETURN), require_reason(reason)
    conclude_review(review=row.review, state=ReviewState.RETURNED, by=by, reason=reason)
    move(row, Action.RETURN, by=by, capacity="reviewer", reason=reason)
    return row


@transaction.atomic
def reject_snap(*, snap: SnapReport, by: Any, reason: str) -> SnapReport:
    row, reason = _for_reviewer(snap, by, Action.REJECT), require_reason(reason)
    conclude_review(review=row.review, state=ReviewState.REJECTED, by=by, reason=reason)
    move(row, Action.REJECT, by=by, capacity="reviewer", reason=reason)
    return row


@transaction.atomic
def divert_snap(*, snap: SnapReport, by: Any, channel: str, reason: str = "") -> SnapReport:
    """Not a matter for this portal: the sender is given the right phone and address."""
    row = _for_reviewer(snap, by, Action.DIVERT)
    if channel not in CHANNELS:
        raise Refused(_("请选择告知的渠道。"))
    reason = reason.strip() or _("不属于本平台受理范围，请通过以下渠道反映。")
    conclude_review(review=row.review, state=ReviewState.DIVERTED, by=by, reason=reason, outcome={"channel": channel})
    move(
        row, Action.DIVERT, by=by, capacity="reviewer", reason=reason, detail={"channel": channel}, diverted_to=channel
    )
    return row


@transaction.atomic
def merge_snap(*, snap: SnapReport, by: Any, target: SnapReport, reason: str = "") -> SnapReport:
    """The same matter was reported before: the sender and the followers go over to `target`."""
    first, second = sorted((snap, target), key=lambda each: each.pk)  # always in this order: no deadlock
    rows = {row.pk: row for row in (locked(first), locked(second))}
    row, into = rows[snap.pk], rows[target.pk]
    if not user_can_review_snap(by, row) or not user_can_review_snap(by, into):
        raise PermissionDenied
    require(row, Action.MERGE)
    if row.pk == into.pk or into.state not in OPEN or not into.is_public:
        raise Refused(_("只能并入正在办理的另一件。"))
    conclude_review(review=row.review, state=ReviewState.MERGED, by=by, reason=reason, outcome={"target": into.number})
    move(row, Action.MERGE, by=by, capacity="reviewer", reason=reason, detail={"target": into.number}, merged_into=into)
    if row.sender_id != into.sender_id:
        Sighting.objects.get_or_create(snap=into, user=row.sender)
        follow(user=row.sender, subject_kind=SUBJECT_KIND, subject_key=into.number)
    move_followers(subject_kind=SUBJECT_KIND, from_key=row.number, to_key=into.number)
    return row


@transaction.atomic
def reconsider_snap(*, snap: SnapReport, by: Any, reason: str = "") -> SnapReport:
    """The sender's appeal was granted: the same report comes to the queue again."""
    row = _for_reviewer(snap, by, Action.RECONSIDER)
    reconsider_review(review=row.review)
    move(row, Action.RECONSIDER, by=by, capacity="reviewer", reason=reason.strip(), diverted_to="")
    return row


@transaction.atomic
def set_hidden(*, snap: SnapReport, by: Any, is_hidden: bool, reason: str, on_appeal: bool = False) -> SnapReport:
    """From the public at once, or back; its ledger item follows (decisions.md 3)."""
    action = Action.HIDE if is_hidden else Action.RESTORE
    row, reason = _for_reviewer(snap, by, action), require_reason(reason)
    if (row.hidden_at is not None) == is_hidden or row.state == State.CAPTURED:
        raise Refused(_("已经是这样了。"))
    state = ReviewState.HIDDEN if is_hidden else ReviewState.PUBLISHED
    if row.state != State.DUPLICATE:
        conclude_review(review=row.review, state=state, by=by, reason=reason, on_appeal=on_appeal)
    move(row, action, by=by, capacity="reviewer", reason=reason, hidden_at=timezone.now() if is_hidden else None)
    if row.ledger_item is not None:
        follow_hiding(item=row.ledger_item, by=by, is_hidden=is_hidden, reason=reason)
    return row
