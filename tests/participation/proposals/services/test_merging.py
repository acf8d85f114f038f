import pytest
from django.core.exceptions import PermissionDenied

from participation.moderation.rules import Refused
from participation.proposals import services
from participation.proposals.models import Proposal
from participation.proposals.states import State
from portal.follows.models import Follow
from portal.follows.services import follow
from portal.outbox.models import Message
from tests.factories import proposals as make


def test_every_author_keeps_the_right_to_an_answer(cast):
    first = make.published(cast.resident, cast.moderator)
    second = make.published(cast.resident2, cast.moderator)
    third = make.published(cast.member, cast.moderator)
    services.merge_proposal(proposal=second, by=cast.moderator, target=first)
    services.merge_proposal(proposal=first, by=cast.moderator, target=third)
    third.refresh_from_db()
    assert sorted(a.user.username for a in third.authors.all()) == ["member", "resident", "resident2"]
    assert {p.merged_into for p in Proposal.objects.filter(state=State.MERGED)} == {third}
    Message.objects.all().delete()
    services.start_screening(proposal=third, by=cast.committee)
    services.adopt_proposal(proposal=third, by=cast.committee, route="topic", matter_level="own")
    told = Message.objects.values_list("recipient__username", "event")
    assert sorted(name for name, event in told if ":adopt:" in event) == ["member", "resident", "resident2"]


def test_authors_and_followers_of_what_was_merged_are_told_once_and_follow_the_target(cast):
    source, target = make.published(cast.resident, cast.moderator), make.published(cast.resident2, cast.moderator)
    for person in (cast.resident, cast.member, cast.resident2):
        follow(user=person, subject_kind="proposal", subject_key=source.number)
    services.merge_proposal(proposal=source, by=cast.moderator, target=target)
    told = sorted(Message.objects.filter(event__contains=":merge:").values_list("recipient__username", flat=True))
    assert told == ["member", "resident", "resident2"]
    followers = sorted(Follow.objects.filter(subject_key=target.number).values_list("user__username", flat=True))
    assert followers == ["member", "resident", "resident2"]


def test_a_proposal_in_review_can_be_merged_and_its_text_never_becomes_public(cast):
    target = make.published(cast.resident2, cast.moderator)
    row = services.merge_proposal(proposal=make.submitted(cast.resident), by=cast.moderator, target=target)
    assert (row.state, row.is_public, row.title, row.body) == ("merged", False, "", "")


@pytest.mark.parametrize("state", ["submitted", "rejected", "withdrawn", "merged", "not_adopted", "voided"])
def test_only_an_open_public_proposal_takes_others_in(state, cast):
    target = make.in_state(State(state), cast)
    source = make.published(cast.member, cast.moderator)
    with pytest.raises(Refused):
        services.merge_proposal(proposal=source, by=cast.moderator, target=target)


def test_not_into_itself_nor_into_a_confidential_one(cast):
    source = make.published(cast.resident, cast.moderator)
    secret = make.published(cast.resident2, cast.moderator, is_confidential=True)
    for target in (source, secret):
        with pytest.raises(Refused):
            services.merge_proposal(proposal=source, by=cast.moderator, target=target)


def test_not_into_a_proposal_of_another_place(cast):
    source = make.published(cast.resident, cast.moderator)
    target = make.published(cast.resident2, cast.moderator, division=make.other_subdistrict())
    with pytest.raises(PermissionDenied):
        services.merge_proposal(proposal=source, by=cast.director, target=target)


def test_supports_stay_with_the_words_they_were_given_to(cast):
    source, target = make.published(cast.resident, cast.moderator), make.published(cast.resident2, cast.moderator)
    services.support_proposal(proposal=source, user=cast.member)
    services.merge_proposal(proposal=source, by=cast.moderator, target=target)
    source.refresh_from_db()
    target.refresh_from_db()
    assert (source.support_count, target.support_count) == (1, 0)


def test_a_transfer_keeps_the_number_and_frees_the_claim(cast):
    proposal = services.take_for_review(proposal=make.submitted(cast.resident), by=cast.moderator)
    there = make.other_subdistrict()
    row = services.transfer_proposal(proposal=proposal, by=cast.moderator, division=there, reason="属于该街道")
    row.review.refresh_from_db()
    assert (row.number, row.division, row.state, row.transferred_from) == (
        proposal.number, there, "submitted", make.subdistrict(),
    )  # fmt: skip
    assert (row.review.division, row.review.claimed_by) == (there, None)
    with pytest.raises(PermissionDenied):
        services.publish_proposal(proposal=row, by=cast.director)
