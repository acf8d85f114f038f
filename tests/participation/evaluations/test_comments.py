"""评价意见: read by a moderator first, without order or time of arrival, shown only where the round is published."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from participation.evaluations import services
from participation.evaluations.models import EvaluationComment, Rater, Round
from participation.evaluations.states import Question
from participation.moderation.models import Review
from participation.moderation.rules import Refused
from participation.moderation.services import decide, decide_report, report
from participation.moderation.states import ReviewState, Verb
from portal.outbox.models import Message
from tests.conftest import Cast
from tests.factories.evaluations import publication, round_for

pytestmark = pytest.mark.django_db


def closed(*comments: str, **fields: Any) -> Round:
    keys = tuple(f"party:{number}" for number in range(len(comments)))
    round_ = round_for(keys=keys, questions=(Question.COMMENT,), **fields)
    for rater, comment in zip(Rater.objects.filter(round=round_).order_by("pk"), comments, strict=True):
        services.give_answer(rater=rater, value="satisfied", comment=comment)
    services.close_round(round_=round_)
    return round_


def test_words_are_submitted_when_the_round_ends_in_no_order(cast: Cast) -> None:
    words = [f"意见{number:02d}" for number in range(20)]
    round_ = closed(*words, is_secret=True)
    stored = [row.review.original_body for row in EvaluationComment.objects.filter(round=round_).order_by("pk")]
    assert (sorted(stored), stored != words) == (words, True)
    assert not EvaluationComment.objects.exclude(answer=None).exists()
    moments = list(Review.objects.filter(kind="evaluation_comment").values_list("submitted_at", flat=True))
    assert (max(moments) - min(moments)).total_seconds() < 5


def test_a_published_comment_stands_on_the_publication_and_a_hidden_one_no_more(client: Client, cast: Cast) -> None:
    round_, row = closed("修得很好，谢谢", ""), publication()
    Round.objects.filter(pk=round_.pk).update(publication=row)
    [comment] = EvaluationComment.objects.filter(round=round_)

    def is_shown() -> bool:
        return "修得很好，谢谢" in client.get(row.get_absolute_url()).content.decode()

    found = [is_shown()]
    steps = (
        (Verb.PUBLISH, "", cast.moderator),
        (Verb.HIDE, "含个人信息", cast.moderator),
        (Verb.RESTORE, "已核实", cast.committee),
    )
    for verb, reason, by in steps:
        decide(review=Review.objects.get(pk=comment.review_id), verb=verb, by=by, reason=reason)
        found.append(is_shown())
    assert found == [False, True, False, True]


def test_a_published_comment_can_be_reported_is_hidden_at_once_and_a_second_person_confirms(
    client: Client, cast: Cast
) -> None:
    round_, row = closed("某某收了红包"), publication()
    Round.objects.filter(pk=round_.pk).update(publication=row)
    [comment] = EvaluationComment.objects.filter(round=round_)
    decide(review=comment.review, verb=Verb.PUBLISH, by=cast.moderator)
    address = reverse("moderation:report", args=["evaluation_comment", comment.key])
    assert address in client.get(row.get_absolute_url()).content.decode()
    client.force_login(cast.resident)
    assert "某某收了红包" in client.get(address).content.decode()
    review = Review.objects.get(pk=comment.review_id)
    assert report(review=review, by=cast.resident, reason="false")
    assert decide_report(review=review, by=cast.moderator, is_upheld=True, answer="没有依据。") == 1
    assert "某某收了红包" not in Client().get(row.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404
    [told] = Message.objects.filter(recipient=cast.resident, kind="own_report")
    assert (told.url, "某某" in told.title + told.body) == ("", False)
    review.refresh_from_db()
    with pytest.raises(Refused):
        decide(review=review, verb=Verb.CONFIRM, by=cast.moderator)
    decide(review=review, verb=Verb.CONFIRM, by=cast.committee)
    with pytest.raises(Refused):
        decide(review=review, verb=Verb.RESTORE, by=cast.director, reason="又看了一遍")
    review.refresh_from_db()
    assert (review.confirmed_by, review.original_body) == (cast.committee, "某某收了红包")


def test_words_of_a_class_without_counts_are_not_public_and_cannot_be_reported(client: Client, cast: Cast) -> None:
    round_, row = closed("只公布等次的话"), publication(shows_counts=False)
    Round.objects.filter(pk=round_.pk).update(publication=row)
    [comment] = EvaluationComment.objects.filter(round=round_)
    decide(review=comment.review, verb=Verb.PUBLISH, by=cast.moderator)
    assert client.get(reverse("moderation:report", args=["evaluation_comment", comment.key])).status_code == 404


def test_a_refused_comment_is_never_shown_and_the_queue_names_its_round(client: Client, cast: Cast) -> None:
    round_, row = closed("不宜公开的话"), publication()
    Round.objects.filter(pk=round_.pk).update(publication=row)
    client.force_login(cast.moderator)
    page = client.get("/admin/reviews/")
    assert (page.status_code, "评价意见" in page.content.decode()) == (200, True)
    review = Review.objects.get(kind="evaluation_comment")
    assert client.get(f"/admin/reviews/{review.pk}/").status_code == 200
    decide(review=review, verb=Verb.REJECT, by=cast.moderator, reason="与评价无关")
    review.refresh_from_db()
    assert review.state == ReviewState.REJECTED
    assert "不宜公开的话" not in Client().get(row.get_absolute_url()).content.decode()


def test_the_words_of_a_cancelled_account_go(cast: Cast) -> None:
    round_ = round_for(cast.resident, questions=(Question.COMMENT,))
    services.give_answer(rater=Rater.objects.get(round=round_), value="satisfied", comment="我家住三单元")
    services.close_round(round_=round_)
    [comment] = EvaluationComment.objects.all()
    decide(review=comment.review, verb=Verb.PUBLISH, by=cast.moderator)
    services.forget_words(cast.resident)
    comment.refresh_from_db()
    review = Review.objects.get(pk=comment.review_id)
    texts = [comment.text, review.public_body, review.original_body]
    assert ["三单元" in text for text in texts] == [False] * 3
