"""Who is told what. The words are in templates/emails/proposals/<event>.txt, the first line being the title.

Every author of a proposal is told (also those whose own was merged into it); an author without an account is told by
whoever entered the words. Followers hear of public changes. One event per transition: nobody hears it twice.
"""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from participation.ledger.rules.diversion import CHANNELS
from participation.ledger.rules.happening import Happening
from portal.accounts.selectors import users_with_role
from portal.follows.models import CATEGORY
from portal.follows.selectors import division_topics
from portal.follows.services import NEWS, queue_news, queue_to_followers
from portal.outbox.services import queue_messages

from .models import Author, CategoryGroup, Proposal
from .selectors import promised_date

SUBJECT_KIND = "proposal"
KIND_OWN = "own_proposal"
KIND_FOLLOWED = "followed_proposal"
KIND_REVIEW = "review_work"


def _letter(
    event: str, proposal: Proposal, happening: Happening, kind: str, url: str, facts: dict[str, Any]
) -> dict[str, str]:
    context = {"proposal": proposal, "reason": happening.reason, "is_own": kind == KIND_OWN, **facts}
    title, _newline, body = render_to_string(f"emails/proposals/{event}.txt", context).strip().partition("\n")
    return {
        "event": f"proposal:{proposal.number}:{happening.verb}:{happening.key}",
        "kind": kind,
        "title": title.strip(),
        "body": body.strip(),
        "url": url or proposal.get_absolute_url(),
        "subject_kind": SUBJECT_KIND,
        "subject_key": proposal.number,
    }


def _tell_authors(
    event: str,
    proposal: Proposal,
    happening: Happening,
    *,
    authors: list[Author] | None = None,
    url: str = "",
    **facts: Any,
) -> None:
    """Those with an account themselves, the others through whoever wrote their words down."""
    if authors is None:
        authors = list(Author.objects.filter(proposal=proposal).select_related("user", "origin__entered_by"))
    own = [a.user for a in authors if a.user]
    if own:
        queue_messages(recipients=own, **_letter(event, proposal, happening, KIND_OWN, url, facts))
    place = proposal.community or proposal.division
    enterers = {a.origin.entered_by.pk: a.origin.entered_by for a in authors if a.user is None and a.origin.entered_by}
    pass_on = {person.pk: person for person in (_still_in_post(each, place) for each in enterers.values()) if person}
    if pass_on:
        letter = _letter(event, proposal, happening, KIND_OWN, url, {**facts, "passes_on": True})
        queue_messages(recipients=pass_on.values(), pass_on_in=None if event == "submitted" else place, **letter)


def _still_in_post(person: Any, place: Any) -> Any:
    """Whoever wrote the words down; when the account is gone, somebody of the same place who enters for residents."""
    if person.is_active:
        return person
    return users_with_role("clerk", place).order_by("pk").first() or users_with_role("committee", place).first()


def _tell_followers(event: str, proposal: Proposal, happening: Happening, *, url: str = "", **facts: Any) -> None:
    """After the authors, with the same event: an author who also follows has been told already."""
    if proposal.is_public:
        queue_to_followers(**_letter(event, proposal, happening, KIND_FOLLOWED, url, facts))


def _tell_all(event: str, proposal: Proposal, happening: Happening, **facts: Any) -> None:
    _tell_authors(event, proposal, happening, **facts)
    _tell_followers(event, proposal, happening, **facts)


def _tell_reviewers(proposal: Proposal, happening: Happening) -> None:
    """What to do and where. An event of its own: whoever entered the words may be a reviewer too."""
    if proposal.category_group == CategoryGroup.DISCIPLINE:
        return  # shown the right address at once
    url = f"{reverse('reviews:index')}?state=waiting"
    letter = _letter("for_reviewer", proposal, happening, KIND_REVIEW, url, {})
    letter["event"] += ":review"
    reviewers = users_with_role("moderator", proposal.division)
    if not reviewers.exists():
        reviewers = users_with_role("committee", proposal.division)
    queue_messages(recipients=reviewers, **letter)


def proposal_submitted(proposal: Proposal, happening: Happening) -> None:
    _tell_authors("submitted", proposal, happening, promised=promised_date(proposal))
    _tell_reviewers(proposal, happening)


def proposal_resubmitted(proposal: Proposal, happening: Happening) -> None:
    _tell_authors("resubmitted", proposal, happening)
    _tell_reviewers(proposal, happening)


def proposal_published(proposal: Proposal, happening: Happening) -> None:
    _tell_all("published", proposal, happening)
    if proposal.is_readable:
        # the same event: whoever was told above hears nothing of it as news
        url = proposal.get_absolute_url()
        letter = _letter("news", proposal, happening, NEWS, url, {})
        del letter["kind"]
        place = proposal.community or proposal.division
        topics = {(CATEGORY, proposal.category), (CATEGORY, proposal.category_group), *division_topics(place)}
        queue_news(topics=topics, words=f"{proposal.title} {proposal.body}", **letter)


def proposal_returned(proposal: Proposal, happening: Happening) -> None:
    _tell_authors("returned", proposal, happening, url=reverse("proposals:amend", args=[proposal.number]))


def proposal_rejected(proposal: Proposal, happening: Happening) -> None:
    _tell_authors("rejected", proposal, happening)


def proposal_diverted(proposal: Proposal, happening: Happening) -> None:
    _tell_authors("diverted", proposal, happening, channel=CHANNELS[proposal.diverted_to])


def proposal_merged(proposal: Proposal, target: Proposal, happening: Happening, moved: list[Author]) -> None:
    """`moved` are the authors who came over with this merge; then the followers of what ended."""
    url = target.get_absolute_url()
    _tell_authors("merged", proposal, happening, authors=moved, url=url, target=target)
    _tell_followers("merged", proposal, happening, url=url, target=target)


def proposal_transferred(proposal: Proposal, happening: Happening) -> None:
    """A date on the slip in the resident's hand was the former subdistrict's promise: what holds now is said."""
    _tell_all("transferred", proposal, happening, promised=promised_date(proposal))


def proposal_withdrawn(proposal: Proposal, happening: Happening) -> None:
    _tell_all("withdrawn", proposal, happening)


def screening_started(proposal: Proposal, happening: Happening) -> None:
    _tell_all("screening_started", proposal, happening)


def proposal_adopted(proposal: Proposal, happening: Happening) -> None:
    _tell_all("adopted", proposal, happening)


def proposal_declined(proposal: Proposal, happening: Happening) -> None:
    _tell_all("declined", proposal, happening)


def proposal_voided(proposal: Proposal, happening: Happening) -> None:
    _tell_authors("voided", proposal, happening)
