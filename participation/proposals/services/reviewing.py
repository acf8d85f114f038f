"""What a reviewer does with a proposal: take, publish, return, reject, divert, merge, transfer, hide, void."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import claim_review, conclude_review, move_review, release_review
from participation.moderation.states import ReviewState
from portal.follows.services import move_followers
from portal.jurisdictions.models import Division

from .. import notifications
from ..models import Author, Category, CategoryGroup, Proposal
from ..permissions import user_can_review_proposal, user_can_transfer_proposal, user_can_void_proposal
from ..rules.categories import always_diverts, group_of
from ..rules.diversion import CHANNELS
from ..rules.naming import author_label, generated_title
from ..states import MERGE_TARGETS, Action, State
from .moves import SUBJECT_KIND, locked, move, require, require_reason


def _for_reviewer(proposal: Proposal, by: Any, action: Action) -> Proposal:
    row = locked(proposal)
    if not user_can_review_proposal(by, row):
        raise PermissionDenied
    require(row, action)
    return row


@transaction.atomic
def take_for_review(*, proposal: Proposal, by: Any) -> Proposal:
    """Claimed: nobody else can decide until it is released."""
    row = _for_reviewer(proposal, by, Action.TAKE)
    claim_review(review=row.review, by=by)
    move(row, Action.TAKE, by=by, capacity="reviewer")
    return row


@transaction.atomic
def release_proposal(*, proposal: Proposal, by: Any) -> Proposal:
    row = _for_reviewer(proposal, by, Action.RELEASE)
    release_review(review=row.review, by=by)
    move(row, Action.RELEASE, by=by, capacity="reviewer")
    return row


@transaction.atomic
def publish_proposal(
    *, proposal: Proposal, by: Any, public_title: str | None = None, public_body: str | None = None
) -> Proposal:
    """The text (masked, corrected by the reviewer) becomes readable; of a confidential one only the number.

    Without `public_title`/`public_body` the masked proposal of the review is taken. 干部违纪 cannot be published.
    """
    row = _for_reviewer(proposal, by, Action.PUBLISH)
    if always_diverts(category=row.category, group=row.category_group):
        raise Refused(_("干部违纪类事项不在本平台公开，请告知12388渠道。"))
    title = (row.review.public_title if public_title is None else public_title).strip()
    body = (row.review.public_body if public_body is None else public_body).strip()
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
    text = {} if row.is_confidential else {"title": review.public_title, "body": review.public_body}
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
    row = _for_reviewer(proposal, by, Action.RETURN)
    reason = require_reason(reason)
    conclude_review(review=row.review, state=ReviewState.RETURNED, by=by, reason=reason)
    entry = move(row, Action.RETURN, by=by, capacity="reviewer", reason=reason)
    notifications.proposal_returned(row, entry)
    return row


@transaction.atomic
def reject_proposal(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    row = _for_reviewer(proposal, by, Action.REJECT)
    reason = require_reason(reason)
    conclude_review(review=row.review, state=ReviewState.REJECTED, by=by, reason=reason)
    entry = move(row, Action.REJECT, by=by, capacity="reviewer", reason=reason)
    notifications.proposal_rejected(row, entry)
    return row


@transaction.atomic
def divert_proposal(*, proposal: Proposal, by: Any, channel: str, reason: str = "") -> Proposal:
    """Not a matter for this portal: the author is given the right phone and address. `channel` is a key of CHANNELS."""
    row = _for_reviewer(proposal, by, Action.DIVERT)
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
def merge_proposal(*, proposal: Proposal, by: Any, target: Proposal, reason: str = "") -> Proposal:
    """并案: the proposal ends here and follows `target`; its authors and followers go there and are answered there.

    Both rows are locked in order of their ids. What was already merged into this one is pointed at the target, so a
    chain never forms. Supports stay where they were given: they back those words.
    """
    if proposal.pk == target.pk:
        raise Refused(_("不能并入自身。"))
    for pk in sorted((proposal.pk, target.pk)):
        Proposal.objects.select_for_update().get(pk=pk)
    row, into = _for_reviewer(proposal, by, Action.MERGE), locked(target)
    if not user_can_review_proposal(by, into):
        raise PermissionDenied
    if into.state not in MERGE_TARGETS or not into.is_readable:
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


@transaction.atomic
def classify_proposal(*, proposal: Proposal, by: Any, category: str) -> Proposal:
    """Staff give one of the 24 labels; the plain group follows from it."""
    row = _for_reviewer(proposal, by, Action.CLASSIFY)
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


@transaction.atomic
def hide_proposal(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    """One person hides at once; a second confirms or restores (decisions.md 26). The text leaves the public row."""
    row = _for_reviewer(proposal, by, Action.HIDE)
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
    return row


@transaction.atomic
def confirm_hiding(*, proposal: Proposal, by: Any) -> Proposal:
    """The second person's agreement; never the one who hid it."""
    row = _for_reviewer(proposal, by, Action.CONFIRM_HIDING)
    _require_second_person(row, by)
    move(row, Action.CONFIRM_HIDING, by=by, capacity="reviewer", hiding_confirmed_by=by)
    return row


@transaction.atomic
def restore_proposal(*, proposal: Proposal, by: Any, reason: str = "") -> Proposal:
    """The second person does not agree: the text the reviewer had released is public again."""
    row = _for_reviewer(proposal, by, Action.RESTORE)
    _require_second_person(row, by)
    if row.review.state == ReviewState.HIDDEN:
        conclude_review(review=row.review, state=ReviewState.PUBLISHED, by=by, reason=reason)
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
    return row


def public_author_label(row: Proposal) -> str:
    """The label from the facts kept in the author's row; 居民 for an import."""
    author = Author.objects.filter(origin=row).first()
    return author_label(
        name=author.name if author else "",
        nickname=str(getattr(row.author, "nickname", "") or ""),
        shows_nickname=row.shows_nickname,
    )


def _require_second_person(row: Proposal, by: Any) -> None:
    if row.hidden_at is None:
        raise Refused(_("该建议没有被隐去。"))
    if row.hidden_by_id == by.pk:
        raise Refused(_("须由另一人复核。"))
    if row.hiding_confirmed_by_id is not None:
        raise Refused(_("隐去已经复核。"))


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
