"""What the author does: submit, correct, withdraw."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from participation.ledger.rules.categories import always_diverts
from participation.moderation.rules import Refused
from participation.moderation.services import conclude_review, reopen_review
from participation.moderation.states import ReviewState
from portal.idempotency.services import fingerprint, once
from portal.jurisdictions.models import Division

from .. import notifications
from ..models import CategoryGroup, Draft, Photo, Proposal
from ..permissions import user_can_resubmit_proposal, user_can_submit_proposal, user_can_withdraw_proposal
from ..states import Action
from .assigning import drop_item_of
from .creating import NewProposal, check_text, create_proposal
from .moves import locked, move, require
from .reviewing import divert_locked


@dataclass(frozen=True)
class Submission:
    """`is_new` is False when the same form was sent before; the number is the same."""

    number: str
    is_new: bool

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.select_related("division", "community", "review").get(number=self.number)


def submit_proposal(
    *,
    author: Any,
    form_key: str,
    division: Division,
    body: str,
    title: str = "",
    community: Division | None = None,
    category_group: str = CategoryGroup.UNSURE.value,
    name: str = "",
    shows_nickname: bool = False,
    is_confidential: bool = False,
    draft: Draft | None = None,
) -> Submission:
    """A verified resident hands in a proposal, exactly once per `form_key` (double click, reload, back).

    The photos of `draft` move to the proposal and the draft is deleted. 干部违纪 is answered with the right address at
    once. Raises PermissionDenied for an unverified person, Refused for a wrong text or place, KeyReused (from
    portal.idempotency) when the key was used for other words.
    """
    if not user_can_submit_proposal(author):
        raise PermissionDenied
    new = NewProposal(
        division=division,
        community=community,
        title=title,
        body=body,
        category_group=category_group,
        name=name.strip(),
        shows_nickname=shows_nickname,
        is_confidential=is_confidential,
    )
    content = {
        "division": division.pk,
        "community": community.pk if community else None,
        "title": title,
        "body": body,
        "category_group": category_group,
        "name": name,
        "shows_nickname": shows_nickname,
        "is_confidential": is_confidential,
    }

    def action() -> str:
        proposal, entry = create_proposal(new=new, author=author)
        if draft is not None:
            attach_photos(proposal, draft.photos.all())
            draft.delete()
        notifications.proposal_submitted(proposal, entry)
        if always_diverts(group=category_group):
            divert_locked(proposal, channel="discipline", reason=_("反映干部违纪违法的事项由纪检监察机关受理。"))
        return proposal.number

    outcome = once(key=form_key, scope=f"proposals.submit:{author.pk}", fingerprint=fingerprint(content), action=action)
    return Submission(outcome.result, outcome.is_new)


def attach_photos(proposal: Proposal, photos: Iterable[Photo]) -> None:
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).update(draft=None, proposal=proposal)


@transaction.atomic
def resubmit_proposal(
    *,
    proposal: Proposal,
    by: Any,
    body: str,
    title: str = "",
    category_group: str | None = None,
    is_confidential: bool | None = None,
) -> Proposal:
    """The corrected text of a returned proposal goes back to the queue under the same number."""
    row = locked(proposal)
    if not user_can_resubmit_proposal(by, row):
        raise PermissionDenied
    require(row, Action.RESUBMIT)
    title, body = check_text(title, body)
    review = reopen_review(review=row.review, title=title, body=body, is_confidential=is_confidential)
    fields: dict[str, Any] = {"public_reason": ""}
    if category_group is not None:
        if category_group not in CategoryGroup.values:
            raise Refused(_("请重新选择分类。"))
        fields["category_group"] = category_group
    if is_confidential is not None:
        fields["is_confidential"] = is_confidential
    entry = move(row, Action.RESUBMIT, by=by, capacity="author", detail={"round": review.round}, **fields)
    notifications.proposal_resubmitted(row, entry)
    return row


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: Any, reason: str = "") -> Proposal:
    """The author takes it back, until it is assigned. If it was public, number, title and date stay, the text goes."""
    row = locked(proposal)
    if not user_can_withdraw_proposal(by, row):
        raise PermissionDenied
    require(row, Action.WITHDRAW)
    drop_item_of(row, by, "author", reason or _("提出人撤回"))
    conclude_review(review=row.review, state=ReviewState.CLOSED, by=by, reason=reason)
    entry = move(row, Action.WITHDRAW, by=by, capacity="author", reason=reason.strip(), body="")
    notifications.proposal_withdrawn(row, entry)
    return row
