"""What one person has here: handing it out, and emptying it when the account is cancelled."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.services import forget_original

from ..models import Author, Draft, Proposal, Support
from .drafting import discard_draft, draft_content


def export_own(user: Any) -> list[dict[str, Any]]:
    """Proposals as written, drafts and supports of the user; JSON values only."""
    proposals = Proposal.objects.of_author(user).select_related("division", "review").order_by("submitted_at", "pk")
    rows: list[dict[str, Any]] = [
        {
            "kind": "proposal",
            "number": row.number,
            "state": str(row.get_state_display()),
            "division": str(row.division),
            "submitted_at": timezone.localtime(row.submitted_at).isoformat(),
            "title": row.review.original_title,
            "body": row.review.original_body,
            "is_confidential": row.is_confidential,
        }
        for row in proposals
    ]
    rows += [{"kind": "draft", **draft_content(draft)} for draft in Draft.objects.filter(user=user).order_by("pk")]
    supports = Support.objects.filter(user=user).select_related("proposal").order_by("pk")
    rows += [
        {"kind": "support", "number": row.proposal.number, "at": timezone.localtime(row.created_at).isoformat()}
        for row in supports
    ]
    return rows


@transaction.atomic
def empty_own(user: Any) -> None:
    """The public record stays, without the person: label, name, phone, original text and drafts go."""
    for draft in Draft.objects.filter(user=user):
        discard_draft(draft=draft)
    Author.objects.filter(Q(user=user) | Q(origin__author=user)).update(name="", phone="")
    own = Proposal.objects.of_author(user).select_for_update(of=("self",)).select_related("review")
    for proposal in own:
        forget_original(review=proposal.review)
        proposal.shows_nickname = False
        if proposal.author_label:
            proposal.author_label = str(_("居民"))
        proposal.save(update_fields=["shows_nickname", "author_label"])
