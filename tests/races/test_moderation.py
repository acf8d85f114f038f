"""Two at one desk: reports, appeals, second looks and claims are answered once, and the other is told by whom."""

from collections.abc import Callable
from typing import Any

import pytest

from participation.discussion.models import Comment
from participation.moderation import services
from participation.moderation.models import Appeal, Report, Review
from participation.moderation.registry import owner_of
from participation.moderation.selectors import review_of_subject
from participation.moderation.states import Verb
from participation.snaps.models import SnapPhoto
from participation.snaps.services import redact_photo
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import discussion, proposals, snaps
from tests.races.harness import race

pytestmark = pytest.mark.django_db(transaction=True)


def review_of(comment: Comment) -> Review:
    return Review.objects.select_related("division").get(pk=comment.review_id)


def reported_photo(cast: Cast) -> Review:
    photo = redact_photo(photo=SnapPhoto.objects.get(snap=snaps.reviewed(cast)), by=cast.moderator, boxes=[])
    found = review_of_subject("snap_photo", str(photo.pk))
    assert found is not None
    services.report(review=found, by=cast.resident, reason="privacy")
    return Review.objects.get(kind="snap_photo")


def times(comment: Comment, verb: str) -> int:
    return Entry.objects.filter(subject_kind="comment", subject_key=comment.key, verb=verb).count()


def test_a_report_is_answered_once_whatever_two_people_think_of_it(cast: Cast) -> None:
    comment = discussion.public(cast, discussion.thread(cast), cast.resident2)
    services.report(review=review_of(comment), by=cast.member, reason="false")
    answers = race(
        lambda: services.decide_report(review=review_of(comment), by=cast.moderator, is_upheld=True, answer="不实。"),
        lambda: services.decide_report(review=review_of(comment), by=cast.committee, is_upheld=False, answer="属实。"),
    )
    [report] = Report.objects.select_related("decided_by")
    assert answers == ["done", f"举报已由{report.decided_by.get_full_name()}处理。"]
    assert times(comment, "decide_report") == 1
    assert Message.objects.filter(recipient=cast.member, kind="own_report").count() == 1
    assert Comment.objects.get(pk=comment.pk).is_public == (report.state == "dismissed")


def test_an_appeal_is_answered_once_whatever_two_people_think_of_it(cast: Cast) -> None:
    comment = discussion.public(cast, discussion.thread(cast), cast.resident2)
    services.decide(review=review_of(comment), verb=Verb.HIDE, by=cast.moderator, reason="不实")
    appeal = services.appeal(review=review_of(comment), by=cast.resident2, text="属实")
    answers = race(
        lambda: services.answer_appeal(appeal=appeal, by=cast.committee, is_granted=True, answer="属实。"),
        lambda: services.answer_appeal(appeal=appeal, by=cast.director, is_granted=False, answer="不实。"),
    )
    row = Appeal.objects.select_related("answered_by").get()
    assert answers == ["done", f"申诉已由{row.answered_by.get_full_name()}答复。"]
    assert times(comment, "answer_appeal") == 1
    assert Message.objects.filter(recipient=cast.resident2, kind="own_appeal").count() == 1
    assert Comment.objects.get(pk=comment.pk).is_public == (row.state == "granted")


def test_of_a_second_look_and_a_restoration_one_happens(cast: Cast) -> None:
    comment = discussion.public(cast, discussion.thread(cast), cast.resident2)
    services.decide(review=review_of(comment), verb=Verb.HIDE, by=cast.moderator, reason="不实")
    answers = race(
        lambda: services.decide(review=review_of(comment), verb=Verb.CONFIRM, by=cast.committee),
        lambda: services.decide(review=review_of(comment), verb=Verb.RESTORE, by=cast.director, reason="属实"),
    )
    assert "done" in answers and len(answers) > 1
    review = review_of(comment)
    assert (review.confirmed_by is None) == Comment.objects.get(pk=comment.pk).is_public
    assert times(comment, "confirm_hiding") + times(comment, "restore") == 1


@pytest.mark.parametrize("kind", ["comment", "proposal", "snap", "snap_photo"])
def test_of_two_second_looks_one_counts_and_the_other_is_told_whose(cast: Cast, kind: str) -> None:
    """Owners with a verb of their own, and those that the desk confirms for."""
    made: dict[str, Callable[[], Any]] = {
        "comment": lambda: discussion.public(cast, discussion.thread(cast), cast.resident2).review,
        "proposal": lambda: proposals.published(cast.resident, cast.moderator).review,
        "snap": lambda: snaps.reviewed(cast).review,
        "snap_photo": lambda: reported_photo(cast),
    }
    pk = made[kind]().pk

    def review() -> Review:
        return Review.objects.select_related("division").get(pk=pk)

    services.decide(review=review(), verb=Verb.HIDE, by=cast.moderator, reason="不实")
    told = Message.objects.count()
    answers = race(
        lambda: services.decide(review=review(), verb=Verb.CONFIRM, by=cast.committee),
        lambda: services.decide(review=review(), verb=Verb.CONFIRM, by=cast.director),
    )
    row = review()
    assert row.confirmed_by in (cast.committee, cast.director)
    assert answers == ["done", f"隐去已由{row.confirmed_by.get_full_name()}复核。"]
    key = {"subject_kind": owner_of(row.kind).subject_kind, "subject_key": row.subject_key}
    assert Entry.objects.filter(verb="confirm_hiding", **key).count() == 1
    assert Message.objects.count() - told <= 1


def test_two_first_reports_of_one_photo_make_one_review(cast: Cast) -> None:
    snap = snaps.reviewed(cast)
    photo = redact_photo(photo=SnapPhoto.objects.get(snap=snap), by=cast.moderator, boxes=[])

    def say(by: Any) -> bool:
        found = review_of_subject("snap_photo", str(photo.pk))
        assert found is not None
        return services.report(review=found, by=by, reason="privacy")

    assert race(lambda: say(cast.resident), lambda: say(cast.resident2)) == ["done"]
    assert Review.objects.filter(kind="snap_photo").count() == 1
    assert Report.objects.count() == 2


def test_one_claims_and_the_other_is_told_who(cast: Cast) -> None:
    comment = discussion.written(discussion.thread(cast), cast.resident2)
    answers = race(
        lambda: services.decide(review=review_of(comment), verb=Verb.CLAIM, by=cast.moderator),
        lambda: services.decide(review=review_of(comment), verb=Verb.CLAIM, by=cast.committee),
    )
    holder = review_of(comment).claimed_by
    assert answers == ["done", f"该件已由 {holder} 领取。"]
