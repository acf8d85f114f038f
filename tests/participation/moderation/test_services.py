import pytest
from django.core.exceptions import PermissionDenied

from participation.moderation import selectors, services
from participation.moderation.models import Review
from participation.moderation.rules import Refused
from participation.moderation.states import ReviewState, Verb
from participation.proposals.models import Proposal
from portal.wording.models import WordEntry
from tests.factories import proposals as make

PERSONAL = "请联系老周：13812345678，身份证430381199003070012"


@pytest.fixture
def waiting(cast):
    return make.submitted(cast.resident, body=f"{make.BODY}{PERSONAL}").review


def test_the_review_keeps_the_original_and_proposes_a_masked_text(waiting):
    assert (PERSONAL in waiting.original_body, "13812345678" in waiting.public_body) == (True, False)
    marked = {waiting.original_body[h["start"] : h["end"]] for h in waiting.hits if h["field"] == "body"}
    assert "13812345678" in marked


def test_listed_words_are_marked_in_the_original(cast):
    WordEntry.objects.create(word="垃圾玩意", level="block", kind="abuse")
    review = make.submitted(cast.resident, body="真是垃-圾玩意，请处理路灯").review
    levels = [(p.text, p.level) for p in review.marked_body if p.level]
    assert levels == [("垃-圾玩意", "block")]


def test_a_claim_keeps_others_from_deciding(waiting, cast):
    services.decide(review=waiting, verb=Verb.CLAIM, by=cast.moderator)
    for verb, details in ((Verb.CLAIM, {}), (Verb.PUBLISH, {}), (Verb.RELEASE, {})):
        with pytest.raises(Refused):
            services.decide(review=waiting, verb=verb, by=cast.committee, **details)
    with pytest.raises(Refused, match=f"该件已由 {cast.moderator} 领取"):  # the slower of two reads who was faster
        services.decide(review=waiting, verb=Verb.CLAIM, by=cast.committee)
    services.decide(review=waiting, verb=Verb.RELEASE, by=cast.moderator)
    services.decide(review=waiting, verb=Verb.PUBLISH, by=cast.committee)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == (ReviewState.PUBLISHED, cast.committee)


def test_what_the_reviewer_corrected_is_what_becomes_public(waiting, cast):
    services.decide(
        review=waiting, verb=Verb.PUBLISH, by=cast.moderator, public_title="路灯坏了", public_body="三眼井的路灯坏了。"
    )
    proposal = Proposal.objects.get(review=waiting)
    assert (proposal.title, proposal.body) == ("路灯坏了", "三眼井的路灯坏了。")


@pytest.mark.parametrize("verb", [Verb.RETURN, Verb.REJECT, Verb.TRANSFER])
def test_a_verb_without_its_reason_is_refused(verb, waiting, cast):
    details = {"division": make.other_subdistrict()} if verb == Verb.TRANSFER else {}
    with pytest.raises(Refused):
        services.decide(review=waiting, verb=verb, by=cast.moderator, reason=" ", **details)
    waiting.refresh_from_db()
    assert waiting.state == ReviewState.WAITING


def test_many_are_decided_all_or_none(cast):
    rows = [make.submitted(cast.resident).review for _n in range(3)]
    services.decide(review=rows[1], verb=Verb.CLAIM, by=cast.committee)
    with pytest.raises(Refused) as refusal:
        services.decide_many(reviews=rows, verb=Verb.PUBLISH, by=cast.moderator)
    assert refusal.value.message.startswith(rows[1].subject_key)
    assert Review.objects.filter(state=ReviewState.PUBLISHED).count() == 0


def test_one_review_of_another_place_stops_the_whole_request(cast):
    rows = [
        make.submitted(cast.resident).review,
        make.submitted(cast.resident, division=make.other_subdistrict()).review,
    ]
    with pytest.raises(PermissionDenied):
        services.decide_many(reviews=rows, verb=Verb.PUBLISH, by=cast.committee)
    assert Review.objects.filter(state=ReviewState.PUBLISHED).count() == 0


def test_the_queue_is_limited_to_the_reviewers_places(cast):
    here = make.submitted(cast.resident).review
    there = make.submitted(cast.resident, division=make.other_subdistrict()).review
    seen = {
        name: set(selectors.reviews_for(cast[name]))
        for name in ("committee", "moderator", "admin", "clerk", "resident")
    }
    assert seen == {
        "committee": {here},
        "moderator": {here, there},
        "admin": {here, there},
        "clerk": set(),
        "resident": set(),
    }


def test_open_reviews_go_to_the_next_holder_of_the_post(waiting, cast):
    services.decide(review=waiting, verb=Verb.CLAIM, by=cast.committee)
    asked = {"from_user": cast.committee, "to_user": cast.director, "role": "committee", "division": make.subdistrict()}
    assert [services.hand_over_claims(**asked), services.hand_over_claims(**asked)] == [1, 0]
    waiting.refresh_from_db()
    assert waiting.claimed_by == cast.director


def test_the_list_reads_its_owners_in_as_many_queries_for_three_as_for_one(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _round in range(2):
        make.submitted(cast.resident)
        selectors.with_summaries(selectors.reviews_for(cast.moderator))  # warms what is kept per process
        with CaptureQueriesContext(connection) as queries:
            selectors.with_summaries(selectors.reviews_for(cast.moderator))
        counts.append(len(queries))
        make.submitted(cast.resident)
    assert counts[0] == counts[1]
