"""Taking what was public away again: hidden by one and confirmed by another, or void because entered by mistake."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import conclude_review, confirm_review, reconsider_review, require_reason
from participation.moderation.states import ReviewState

from .. import notifications
from ..models import Proposal
from ..permissions import user_can_void_proposal
from ..rules.naming import generated_title
from ..states import Action, State
from .assigning import drop_item_of, hide_item_of
from .creating import public_author_label
from .moves import locked, move, require
from .reviewing import for_reviewer


@transaction.atomic
def hide_proposal(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    """One person hides at once; a second confirms or restores (decisions.md 26). The text leaves the public row."""
    row = for_reviewer(proposal, by, Action.HIDE)
    reason = require_reason(reason)
    if not row.is_public:
        raise Refused(_("该建议当前没有公开。"))
    if row.review.state == ReviewState.PUBLISHED:
        conclude_review(review=row.review, state=ReviewState.HIDDEN, by=by, reason=reason)
    move(
        row,
        Action.HIDE,
        by=by,
        capacity="reviewer",
        reason=reason,
        hidden_at=timezone.now(),
        hidden_by=by,
        hiding_confirmed_by=None,
        title="",
        body="",
        author_label="",
    )
    hide_item_of(row, by, is_hidden=True, reason=reason)
    return row


@transaction.atomic
def confirm_hiding(*, proposal: Proposal, by: Any) -> Proposal:
    """The second person's agreement; never the one who hid it."""
    row = for_reviewer(proposal, by, Action.CONFIRM_HIDING)
    _require_second_person(row, by)
    if row.review.state == ReviewState.HIDDEN:
        confirm_review(review=row.review, by=by)
    move(row, Action.CONFIRM_HIDING, by=by, capacity="reviewer", hiding_confirmed_by=by)
    return row


@transaction.atomic
def restore_proposal(*, proposal: Proposal, by: Any, reason: str = "", on_appeal: bool = False) -> Proposal:
    """The second person does not agree, or an appeal was granted: the text that was released is public again."""
    row = for_reviewer(proposal, by, Action.RESTORE)
    _require_second_person(row, by, on_appeal=on_appeal)
    if row.review.state == ReviewState.HIDDEN:
        conclude_review(review=row.review, state=ReviewState.PUBLISHED, by=by, reason=reason, on_appeal=on_appeal)
    text: dict[str, Any] = {}
    if not row.is_confidential:
        is_withdrawn = row.state == State.WITHDRAWN
        text = {
            "title": row.review.public_title or generated_title(row.review.public_body),
            "body": "" if is_withdrawn else row.review.public_body,
            "author_label": public_author_label(row),
        }
    move(
        row,
        Action.RESTORE,
        by=by,
        capacity="reviewer",
        reason=reason.strip(),
        hidden_at=None,
        hidden_by=None,
        hiding_confirmed_by=None,
        **text,
    )
    hide_item_of(row, by, is_hidden=False, reason=reason)
    return row


@transaction.atomic
def reconsider_proposal(*, proposal: Proposal, by: Any, reason: str = "") -> Proposal:
    """The author's appeal was granted: the same words come to the queue again."""
    row = for_reviewer(proposal, by, Action.RECONSIDER)
    reconsider_review(review=row.review)
    move(row, Action.RECONSIDER, by=by, capacity="reviewer", reason=reason.strip(), public_reason="", diverted_to="")
    return row


def _require_second_person(row: Proposal, by: Any, *, on_appeal: bool = False) -> None:
    if row.hidden_at is None:
        raise Refused(_("该建议没有被隐去。"))
    if row.hidden_by_id == by.pk:
        raise Refused(_("须由另一人复核。"))
    if row.hiding_confirmed_by is not None and not on_appeal:
        raise Refused(_("隐去已由%s复核。") % row.hiding_confirmed_by.get_full_name())


@transaction.atomic
def void_proposal(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    """Entered by mistake: the number stays recorded as void, nothing of it is public any more."""
    row = locked(proposal)
    if not user_can_void_proposal(by, row):
        raise PermissionDenied
    require(row, Action.VOID)
    reason = require_reason(reason)
    if row.merged.exists():
        raise Refused(_("已有其他建议并入，不能作废。"))
    drop_item_of(row, by, "staff", reason)
    if row.review.state != ReviewState.CLOSED:
        conclude_review(review=row.review, state=ReviewState.CLOSED, by=by, reason=reason)
    entry = move(
        row,
        Action.VOID,
        by=by,
        capacity="staff",
        reason=reason,
        title="",
        body="",
        author_label="",
        reply_text="",
        published_at=None,
    )
    notifications.proposal_voided(row, entry)
    return row
