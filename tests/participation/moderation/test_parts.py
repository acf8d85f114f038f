"""Single photos, summaries of discussions and words of ratings: reported, hidden, confirmed, appealed by themselves."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from participation.discussion.models import Thread
from participation.discussion.services import close_thread
from participation.evaluations import services as evaluations
from participation.evaluations.models import EvaluationComment, Rater, Round
from participation.evaluations.states import Question
from participation.moderation import services
from participation.moderation.models import Report, Review
from participation.moderation.rules import Refused
from participation.moderation.selectors import author_history, commented_subject, review_of_subject
from participation.moderation.states import Verb
from participation.proposals.models import Draft, Photo
from participation.proposals.services import add_photo, withhold_photo
from participation.snaps.models import SnapPhoto
from participation.snaps.services import redact_photo
from portal.outbox.models import Message
from portal.trail.subjects import subjects_of
from tests.conftest import Cast
from tests.factories import discussion, proposals, snaps
from tests.factories.evaluations import publication, round_for

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Made:
    """A part that is public: its kind and key, its page, what stands there of it, and who made it."""

    kind: str
    key: str
    page: str
    trace: str
    author: Any


def proposal_photo(cast: Cast) -> Made:
    row = proposals.published(cast.resident, cast.moderator)
    draft = Draft.objects.create(key=secrets.token_urlsafe(24))
    photo = add_photo(draft=draft, upload=snaps.shot())
    Photo.objects.filter(pk=photo.pk).update(draft=None, proposal=row)
    trace = reverse("proposals:photo_small", args=[photo.pk])
    return Made("proposal_photo", str(photo.pk), row.get_absolute_url(), trace, cast.resident)


def snap_photo(cast: Cast) -> Made:
    row = snaps.reviewed(cast)
    photo = redact_photo(photo=SnapPhoto.objects.get(snap=row), by=cast.moderator, boxes=[])
    return Made(
        "snap_photo", str(photo.pk), row.get_absolute_url(), reverse("snaps:photo", args=[photo.pk]), cast.deputy
    )


def thread_summary(cast: Cast) -> Made:
    thread = discussion.thread(cast)
    close_thread(thread=thread, by=cast.committee, summary="大家都赞成装在东门。")
    return Made("thread_summary", thread.key, thread.get_absolute_url(), "大家都赞成装在东门。", cast.committee)


def rating_words(cast: Cast) -> Made:
    round_ = round_for(keys=("party:1",), questions=(Question.COMMENT,))
    evaluations.give_answer(rater=Rater.objects.get(round=round_), value="satisfied", comment="修得很好，谢谢")
    evaluations.close_round(round_=round_)
    row = publication()
    Round.objects.filter(pk=round_.pk).update(publication=row)
    comment = EvaluationComment.objects.select_related("review").get(round=round_)
    services.decide(review=comment.review, verb=Verb.PUBLISH, by=cast.moderator)
    return Made("evaluation_comment", comment.key, row.get_absolute_url(), "修得很好，谢谢", None)


PARTS = [proposal_photo, snap_photo, thread_summary, rating_words]
Make = Callable[[Cast], Made]
each_part = pytest.mark.parametrize("make", PARTS, ids=[make.__name__ for make in PARTS])


def review_of(made: Made) -> Review:
    found = review_of_subject(made.kind, made.key)
    assert found is not None
    return found


def page_of(made: Made, user: Any = None) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(made.page).content.decode()


def titles(user: Any) -> list[str]:
    return list(Message.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))


@each_part
def test_a_report_that_is_upheld_hides_it_with_a_note_until_a_second_person_has_looked(make: Make, cast: Cast) -> None:
    made, link = make(cast), ""
    link = reverse("moderation:report", args=[made.kind, made.key])
    assert made.trace in page_of(made) and link in page_of(made)
    assert "辱骂、攻击他人" in Client().get(link).content.decode()
    assert services.report(review=review_of(made), by=cast.resident2, reason="privacy")
    assert not services.report(review=review_of(made), by=cast.resident2, reason="false")
    assert Report.objects.count() == Review.objects.filter(kind=made.kind).count() == 1
    services.decide_report(review=review_of(made), by=cast.moderator, is_upheld=True, answer="看得清人脸。")
    public = page_of(made)
    assert made.trace not in public and link not in public and "已隐去" in public
    assert Client().get(link).status_code == 404
    assert not subjects_of(made.kind, [made.key])[made.key].visible_to(AnonymousUser())
    assert titles(cast.resident2)[-1] == "您的举报成立，内容已隐去"
    with pytest.raises(Refused, match="另一人"):
        services.decide(review=review_of(made), verb=Verb.CONFIRM, by=cast.moderator)
    services.decide(review=review_of(made), verb=Verb.CONFIRM, by=cast.director)
    assert review_of(made).confirmed_by == cast.director and made.trace not in page_of(made)
    with pytest.raises(Refused):
        services.decide(review=review_of(made), verb=Verb.RESTORE, by=cast.director, reason="再想想")


@each_part
def test_the_desk_hides_with_a_public_note_and_a_second_person_restores_what_was(make: Make, cast: Cast) -> None:
    made = make(cast)
    services.report(review=review_of(made), reason="privacy")
    desk, url = Client(), reverse("reviews:review", args=[review_of(made).pk])
    desk.force_login(cast.moderator)
    form = {"verb": "hide", "reason": "看得清人脸", "public_note": "为保护个人信息", "round": "1"}
    assert desk.post(url, form).status_code == 302
    assert "为保护个人信息" in page_of(made)
    assert 'value="confirm_hiding"' not in desk.get(url).content.decode()
    desk.force_login(cast.director)
    page = desk.get(url).content.decode()
    assert 'value="confirm_hiding"' in page and 'value="restore"' in page
    restore = {"verb": "restore", "reason": "人脸看不清", "round": "1"}
    assert desk.post(url, restore).status_code == 302
    assert made.trace in page_of(made) and "为保护个人信息" not in page_of(made)


@each_part
def test_a_report_that_is_not_upheld_leaves_it(make: Make, cast: Cast) -> None:
    made = make(cast)
    services.report(review=review_of(made), by=cast.resident2, reason="false")
    desk = Client()
    desk.force_login(cast.moderator)
    assert desk.get(reverse("reports:index")).status_code == 200
    url = reverse("reports:detail", args=[review_of(made).pk])
    assert made.trace.rsplit("/", 2)[0] in desk.get(url).content.decode()
    assert desk.post(url, {"outcome": "no", "answer": "没有违规。"}).status_code == 302
    assert made.trace in page_of(made)
    assert Report.objects.get().state == "dismissed"


@pytest.mark.parametrize("make", PARTS[:3], ids=[make.__name__ for make in PARTS[:3]])
def test_its_author_is_told_and_appeals(make: Make, cast: Cast) -> None:
    made = make(cast)
    with pytest.raises(Refused, match="自己"):
        services.report(review=review_of(made), by=made.author, reason="false")
    services.report(review=review_of(made), by=cast.resident2, reason="privacy")
    services.decide_report(review=review_of(made), by=cast.moderator, is_upheld=True, answer="看得清人脸。")
    assert any("已隐去" in title for title in titles(made.author))
    services.decide(review=review_of(made), verb=Verb.CONFIRM, by=cast.director)
    appeal = services.appeal(review=review_of(made), by=made.author, text="没有人脸。")
    services.answer_appeal(appeal=appeal, by=cast.director, is_granted=True, answer="核实属实。")
    assert made.trace in page_of(made)
    assert any("已恢复公开" in title for title in titles(made.author))


def test_a_hidden_photo_comes_back_through_no_other_door(cast: Cast) -> None:
    made = proposal_photo(cast)
    services.report(review=review_of(made), reason="privacy")
    services.decide_report(review=review_of(made), by=cast.moderator, is_upheld=True, answer="人脸")
    with pytest.raises(Refused, match="已经隐去"):
        withhold_photo(photo=Photo.objects.get(pk=made.key), by=cast.committee, is_withheld=False)
    other = snap_photo(cast)
    services.report(review=review_of(other), reason="privacy")
    services.decide_report(review=review_of(other), by=cast.moderator, is_upheld=True, answer="人脸")
    with pytest.raises(Refused, match="已经隐去"):
        redact_photo(photo=SnapPhoto.objects.get(pk=other.key), by=cast.committee, boxes=[])


def test_the_words_of_a_hidden_summary_leave_the_public_row(cast: Cast) -> None:
    made = thread_summary(cast)
    services.report(review=review_of(made), reason="false")
    services.decide_report(review=review_of(made), by=cast.moderator, is_upheld=True, answer="不实")
    row = Thread.objects.get()
    assert (row.summary, row.is_summary_hidden) == ("", True)
    assert review_of(made).public_body == made.trace


def test_what_nobody_reported_has_no_review_and_what_is_not_public_no_report(cast: Cast) -> None:
    made = proposal_photo(cast)
    link = reverse("moderation:report", args=[made.kind, made.key])
    assert Client().get(link).status_code == 200
    assert not Review.objects.filter(kind=made.kind).exists()
    withhold_photo(photo=Photo.objects.get(pk=made.key), by=cast.moderator)
    assert Client().get(link).status_code == 404
    with pytest.raises(Refused):
        services.report(review=review_of(made), reason="false")
    assert not Review.objects.filter(kind=made.kind).exists()
    for key in ("999999", "0", "x"):
        assert Client().get(reverse("moderation:report", args=[made.kind, key])).status_code == 404


def test_a_reported_photo_is_no_matter_to_close_comments_on(cast: Cast) -> None:
    made = proposal_photo(cast)
    services.report(review=review_of(made), reason="privacy")
    assert commented_subject(made.key) is None
    assert author_history(review_of(made)) is not None


def test_an_imported_text_is_reported_and_hidden_like_any_other(cast: Cast) -> None:
    row = proposals.imported(is_public=True)
    made = Made("proposal", row.number, row.get_absolute_url(), "方便外地人辨认", None)
    link = reverse("moderation:report", args=[made.kind, made.key])
    assert made.trace in page_of(made) and link in page_of(made)
    services.report(review=review_of(made), by=cast.resident2, reason="false")
    services.decide_report(review=review_of(made), by=cast.moderator, is_upheld=True, answer="不实")
    assert made.trace not in page_of(made)
    services.decide(review=review_of(made), verb=Verb.CONFIRM, by=cast.director)
    assert review_of(made).confirmed_by == cast.director


def test_the_desk_speaks_of_whoever_wrote_it(cast: Cast) -> None:
    """建议人 of a proposal, 评论人 of a comment; nobody where the words of a rating have no name."""
    desk = Client()
    desk.force_login(cast.moderator)
    rating_words(cast)
    rows = [
        (proposals.submitted(cast.resident).review_id, "理由会告知建议人"),
        (snaps.captured(cast.deputy).review_id, "理由会告知上报人"),
        (discussion.written(discussion.thread(cast), cast.resident2).review_id, "理由会告知评论人"),
    ]
    for pk, words in rows:
        url = reverse("reviews:review", args=[pk])
        answer = desk.post(url, {"verb": "reject", "reason": "", "round": "1"})
        page = answer.content.decode()
        assert answer.status_code == 422 and words in page
        assert sum(word in page for word in ("告知建议人", "告知上报人", "告知评论人")) == 1
    nameless = reverse("reviews:review", args=[Review.objects.get(kind="evaluation_comment").pk])
    page = desk.post(nameless, {"verb": "hide", "reason": "", "round": "1"}).content.decode()
    assert "请填写理由。" in page and "会告知" not in page
