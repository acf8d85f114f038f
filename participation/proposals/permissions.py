"""Who may do what with a proposal. State is asked of `states`, here it is about the person and the scope."""

from typing import Any

from portal.jurisdictions.models import Division

from .models import Photo, Proposal

ENTER = "proposals.enter_proposal"
REVIEW = "proposals.review_proposal"
SCREEN = "proposals.screen_proposal"
VOID = "proposals.void_proposal"
IMPORT = "proposals.import_proposal"
VIEW_ORIGINAL = "proposals.view_original"

# Granted to roles by `apps.ready()`; each holds within the division of the role and below it.
ROLES: dict[str, frozenset[str]] = {
    ENTER: frozenset({"clerk", "community", "moderator", "committee", "director"}),
    REVIEW: frozenset({"moderator", "committee", "director"}),
    SCREEN: frozenset({"committee", "director"}),
    VOID: frozenset({"committee", "director"}),
    IMPORT: frozenset({"committee", "director", "admin"}),
    VIEW_ORIGINAL: frozenset({"moderator", "committee", "director"}),
}


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def _is_verified(user: Any) -> bool:
    return _is_active(user) and bool(getattr(user, "is_verified", False))


def user_can_submit_proposal(user: Any) -> bool:
    """Real identity behind the scenes: a verified phone or the counter (网络安全法 第二十四条)."""
    return _is_verified(user)


def user_can_enter_proposal(user: Any, division: Division, community: Division | None = None) -> bool:
    """For a resident who cannot write here; a community worker within the own community only."""
    if not _is_active(user):
        return False
    return bool(user.has_perm(ENTER, division) or (community is not None and user.has_perm(ENTER, community)))


def user_can_review_proposal(user: Any, proposal: Proposal) -> bool:
    """Nobody reviews the own words."""
    return _is_active(user) and proposal.author_id != user.pk and bool(user.has_perm(REVIEW, proposal.division))


def user_can_screen_proposal(user: Any, proposal: Proposal) -> bool:
    return _is_active(user) and proposal.author_id != user.pk and bool(user.has_perm(SCREEN, proposal.division))


def user_can_transfer_proposal(user: Any, proposal: Proposal) -> bool:
    """Where it is now decides; the receiving subdistrict has no say (decisions.md 23)."""
    return user_can_review_proposal(user, proposal)


def user_can_void_proposal(user: Any, proposal: Proposal) -> bool:
    return _is_active(user) and bool(user.has_perm(VOID, proposal.division))


def user_can_withdraw_proposal(user: Any, proposal: Proposal) -> bool:
    """Only the author, until it is being handled (快速办理, 民生微实事) or assigned."""
    if not _is_active(user) or proposal.author_id != user.pk or proposal.route in {"quick", "micro_deed"}:
        return False
    return proposal.ledger_item is None or not proposal.ledger_item.is_taken_up


def user_can_resubmit_proposal(user: Any, proposal: Proposal) -> bool:
    """The author; for an entry on behalf whoever entered it."""
    if not _is_active(user):
        return False
    return user.pk == (proposal.author_id or proposal.entered_by_id)


def user_can_support_proposal(user: Any, proposal: Proposal) -> bool:
    """附议 backs another's words, so not one's own; once per verified resident."""
    return _is_verified(user) and user.pk not in {proposal.author_id, proposal.entered_by_id}


def user_can_view_proposal(user: Any, proposal: Proposal) -> bool:
    """Its page. A confidential one has a page without text for everybody once it is public."""
    return proposal.is_public or user_can_view_original(user, proposal)


def user_can_view_original(user: Any, proposal: Proposal) -> bool:
    """What was really written: the author, whoever entered it, and staff in scope."""
    if not _is_active(user):
        return False
    if user.pk in {proposal.author_id, proposal.entered_by_id}:
        return True
    return bool(user.has_perm(VIEW_ORIGINAL, proposal.division))


def user_can_view_contact(user: Any, proposal: Proposal) -> bool:
    """Name and phone of a resident: those who must call, and whoever wrote them down."""
    if not _is_active(user):
        return False
    return proposal.entered_by_id == user.pk or bool(user.has_perm(REVIEW, proposal.division))


def user_can_view_photo(user: Any, photo: Photo) -> bool:
    """Public with its proposal, unless withheld; otherwise as the original. A draft's photo goes by form key."""
    if photo.proposal is None:
        return False
    if photo.proposal.is_readable and not photo.is_withheld:
        return True
    return user_can_view_original(user, photo.proposal)
