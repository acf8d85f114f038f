"""Where a proposal goes on: into another one, or to another subdistrict."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import conclude_review, move_review, require_reason
from participation.moderation.states import ReviewState
from portal.follows.services import move_followers
from portal.jurisdictions.models import Division

from .. import notifications
from ..models import Author, Proposal
from ..permissions import user_can_review_proposal, user_can_transfer_proposal
from ..states import MERGE_TARGETS, Action
from .assigning import add_authors
from .moves import SUBJECT_KIND, locked, move, require
from .reviewing import for_reviewer


@transaction.atomic
def merge_proposal(*, proposal: Proposal, by: Any, target: Proposal, reason: str = "") -> Proposal:
    """并案: the proposal ends here and follows `target`; its authors and followers go there and are answered there.

    Both rows are locked in order of their ids. What was already merged into this one is pointed at the target, so a
    chain never forms. Supports stay where they were given: they back those words.
    """
    if proposal.pk == target.pk:
        raise Refused(_("不能并入自身。"))
    for pk in sorted((proposal.pk, target.pk)):
        Proposal.objects.select_for_update().get(pk=pk)
    row, into = for_reviewer(proposal, by, Action.MERGE), locked(target)
    if not user_can_review_proposal(by, into):
        raise PermissionDenied
    is_over = into.ledger_item is not None and into.ledger_item.state in {"closed_off", "voided"}
    if into.state not in MERGE_TARGETS or not into.is_readable or is_over:
        raise Refused(_("只能并入已公开、未办结的建议。"))
    conclude_review(review=row.review, state=ReviewState.MERGED, by=by, reason=reason, outcome={"target": into.number})
    entry = move(
        row,
        Action.MERGE,
        by=by,
        capacity="reviewer",
        reason=reason.strip(),
        detail={"target": into.number},
        merged_into=into,
    )
    moved = list(Author.objects.filter(proposal=row).select_related("user", "origin__entered_by"))
    Author.objects.filter(proposal=row).update(proposal=into)
    add_authors(into, moved)
    Proposal.objects.filter(merged_into=row).update(merged_into=into)
    notifications.proposal_merged(row, into, entry, moved)
    move_followers(subject_kind=SUBJECT_KIND, from_key=row.number, to_key=into.number)
    return row


@transaction.atomic
def transfer_proposal(
    *, proposal: Proposal, by: Any, division: Division, reason: str, community: Division | None = None
) -> Proposal:
    """To another subdistrict. The number stays; in review the next reviewer starts afresh."""
    row = locked(proposal)
    if not user_can_transfer_proposal(by, row):
        raise PermissionDenied
    require(row, Action.TRANSFER)
    reason = require_reason(reason)
    if division.level == Division.Level.COMMUNITY:
        raise Refused(_("请选择街道（乡镇）。"))
    if division.pk == row.division_id:
        raise Refused(_("已在该街道（乡镇）。"))
    if community is not None and community.parent_id != division.pk:
        raise Refused(_("所选社区（村）不属于该街道（乡镇）。"))
    origin = row.division
    move_review(review=row.review, division=division)
    entry = move(
        row,
        Action.TRANSFER,
        by=by,
        capacity="reviewer",
        reason=reason,
        detail={"from": origin.code or "", "to": division.code or ""},
        division=division,
        community=community,
        transferred_from=origin,
    )
    notifications.proposal_transferred(row, entry)
    return row
