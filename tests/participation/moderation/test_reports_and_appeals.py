"""A second look at every hiding, reports of readers, appeals of authors, and the director's closing of comments."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from participation.discussion.models import Comment, Thread
from participation.discussion.services import resubmit_comment
from participation.moderation import services
from participation.moderation.models import Appeal, CommentClosure, Decision, Report, Review
from participation.moderation.rules import Refused
from participation.moderation.selectors import (
    author_history,
    comments_closed_for,
    monthly_figures,
    queue_counts,
    recent_of_author,
)
from participation.moderation.states import Verb
from participation.proposals.models import Proposal
from participation.proposals.services import reject_proposal
from portal.jurisdictions.models import Division
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import discussion, proposals, snaps

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(cast: Cast) -> Comment:
    return discussion.public(cast, discussion.thread(cast), cast.resident2)


def review_of(row: Any) -> Review:
    return Review.objects.select_related("division").get(pk=row.review_id)


def titles(user: Any) -> list[str]:
    return list(Message.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))


def hide(row: Any, by: Any) -> None:
    services.decide(review=review_of(row), verb=Verb.HIDE, by=by, reason="不实")


def test_who_has_appealed_is_led_to_the_appeal_and_not_asked_again(cast: Cast, comment: Comment) -> None:
    client = Client()
    client.force_login(cast.resident2)
    hide(comment, cast.moderator)
    assert "不同意这个决定，去申诉" in client.get("/me/comments/").content.decode()
    services.appeal(review=review_of(comment), by=cast.resident2, text="属实")
    page = client.get("/me/comments/").content.decode()
    assert ("您已申诉，看进展" in page, "去申诉" in page) == (True, False)


# --- A second person ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["comment", "proposal", "snap"])
def test_what_one_person_hid_another_confirms_or_restores(cast: Cast, kind: str) -> None:
    made: dict[str, Any] = {
        "comment": lambda: discussion.public(cast, discussion.thread(cast), cast.resident2),
        "proposal": lambda: proposals.published(cast.resident, cast.moderator),
        "snap": lambda: snaps.reviewed(cast),
    }
    row = made[kind]()
    hide(row, cast.moderator)
    assert review_of(row).waits_for_confirmation
    for verb in (Verb.CONFIRM, Verb.RESTORE):
        with pytest.raises(Refused):
            services.decide(review=review_of(row), verb=verb, by=cast.moderator, reason="我自己")
    services.decide(review=review_of(row), verb=Verb.CONFIRM, by=cast.committee)
    assert review_of(row).confirmed_by == cast.committee and not review_of(row).waits_for_confirmation
    with pytest.raises(Refused):
        services.decide(review=review_of(row), verb=Verb.RESTORE, by=cast.director, reason="不同意")


def test_the_desk_hides_with_a_note_for_the_public_and_another_confirms_there(cast: Cast, comment: Comment) -> None:
    desk, url = Client(), reverse("reviews:review", args=[comment.review_id])
    desk.force_login(cast.moderator)
    form = {"verb": "hide", "reason": "含电话", "public_note": "含个人信息", "round": "1"}
    assert desk.post(url, form).status_code == 302
    assert "含个人信息" in Client().get(comment.thread.get_absolute_url()).content.decode()
    assert 'value="confirm_hiding"' not in desk.get(url).content.decode()
    desk.force_login(cast.committee)
    assert comment.key in desk.get(f"{reverse('reviews:index')}?state=to_confirm").content.decode()
    assert 'value="confirm_hiding"' in desk.get(url).content.decode()
    assert desk.post(url, {"verb": "confirm_hiding", "round": "1"}).status_code == 302
    assert review_of(comment).confirmed_by == cast.committee


def test_a_hiding_that_nobody_confirms_is_told_to_the_director_once(cast: Cast, comment: Comment) -> None:
    hide(comment, cast.moderator)
    services.remind_reviewers()
    assert not any("没有复核" in title for title in titles(cast.director))
    Review.objects.filter(pk=comment.review_id).update(decided_at=timezone.now() - timedelta(days=12))
    services.remind_reviewers()
    services.remind_reviewers()
    assert sum("没有复核" in title for title in titles(cast.director)) == 1


# --- Reports --------------------------------------------------------------------------------------------------
def test_one_report_for_each_reader_and_one_answer_for_all(cast: Cast, comment: Comment) -> None:
    review = review_of(comment)
    assert services.report(review=review, by=cast.resident, reason="false", note="我的电话13912345678")
    assert not services.report(review=review, by=cast.resident, reason="abuse")
    assert services.report(review=review, by=cast.member, reason="abuse")
    assert services.report(review=review, reason="advert")
    assert "13912345678" not in Report.objects.order_by("pk")[0].note
    assert queue_counts(cast.moderator).reports == 1
    assert services.decide_report(review=review, by=cast.moderator, is_upheld=True, answer="与事实不符。") == 3
    assert not Comment.objects.get(pk=comment.pk).is_public
    assert [titles(user)[-1] for user in (cast.resident, cast.member)] == ["您的举报成立，内容已隐去"] * 2
    with pytest.raises(Refused):
        services.decide_report(review=review_of(comment), by=cast.committee, is_upheld=False, answer="x")


def test_a_reader_whose_report_was_upheld_hears_that_another_person_shows_it_again(
    cast: Cast, comment: Comment
) -> None:
    services.report(review=review_of(comment), reason="false", by=cast.resident)
    services.decide_report(review=review_of(comment), by=cast.moderator, is_upheld=True, answer="先隐去")
    services.decide(review=review_of(comment), verb=Verb.RESTORE, by=cast.director, reason="内容属实，电话13800138000")
    told = Message.objects.filter(recipient=cast.resident).latest("pk")
    assert told.title == "您举报的内容，经另一位工作人员复核，已恢复公开"
    assert "内容属实" in told.body
    assert "13800138000" not in told.body


def test_nobody_learns_who_reported(cast: Cast, comment: Comment) -> None:
    services.report(review=review_of(comment), by=cast.resident, reason="false")
    entry = Entry.objects.filter(subject_kind="comment", verb="report").get()
    assert entry.actor != cast.resident.trail_id
    services.decide_report(review=review_of(comment), by=cast.moderator, is_upheld=False, answer="没有违规。")
    assert Comment.objects.get(pk=comment.pk).is_public
    assert not any("举报" in title for title in titles(cast.resident2))


def test_what_is_not_public_or_ones_own_cannot_be_reported(cast: Cast, comment: Comment) -> None:
    with pytest.raises(Refused):
        services.report(review=review_of(comment), by=cast.resident2, reason="false")
    hide(comment, cast.moderator)
    with pytest.raises(Refused):
        services.report(review=review_of(comment), by=cast.resident, reason="false")
    waiting = discussion.written(Thread.objects.get(), cast.resident)
    with pytest.raises(Refused):
        services.report(review=review_of(waiting), by=cast.resident2, reason="false")


def test_a_reader_reports_by_the_page_with_and_without_an_account(cast: Cast, comment: Comment, settings: Any) -> None:
    settings.GATE_LIMITS = settings.GATE_LIMITS | {"form_seconds": (0, 1)}
    url = reverse("moderation:report", args=["comment", comment.key])
    assert url in Client().get(comment.thread.get_absolute_url()).content.decode()
    reader = Client()
    reader.force_login(cast.resident)
    page = reader.get(url).content.decode()
    assert discussion.TEXT in page
    age = re.search(r'name="form_age" value="([^"]+)"', page)
    assert age
    assert reader.post(url, {"form_age": age[1]}).status_code == 422
    assert reader.post(url, {"reason": "false", "note": "", "form_age": age[1]}).status_code == 302
    assert "captcha" in Client().get(url).content.decode()
    assert Client().get(reverse("moderation:report", args=["comment", "999999"])).status_code == 404
    hide(comment, cast.moderator)
    assert reader.get(url).status_code == 404


def test_staff_answer_reports_on_their_page(cast: Cast, comment: Comment) -> None:
    services.report(review=review_of(comment), by=cast.resident, reason="false", note="假的")
    desk = Client()
    desk.force_login(cast.moderator)
    assert discussion.TEXT in desk.get(reverse("reports:index")).content.decode()
    url = reverse("reports:detail", args=[comment.review_id])
    assert "假的" in desk.get(url).content.decode()
    assert desk.post(url, {"outcome": "yes"}).status_code == 422
    assert desk.post(url, {"outcome": "no", "answer": "没有违规。"}).status_code == 302
    assert Report.objects.get().state == "dismissed"


# --- Appeals --------------------------------------------------------------------------------------------------
def test_a_refused_comment_comes_back_after_an_appeal_that_another_person_grants(cast: Cast) -> None:
    thread = discussion.thread(cast)
    row = discussion.written(thread, cast.resident2)
    services.decide(review=review_of(row), verb=Verb.REJECT, by=cast.moderator, reason="与本事无关")
    with pytest.raises(PermissionDenied):
        services.appeal(review=review_of(row), by=cast.resident, text="不服")
    appeal = services.appeal(review=review_of(row), by=cast.resident2, text="和这件事有关，请再看。")
    with pytest.raises(Refused):
        services.appeal(review=review_of(row), by=cast.resident2, text="再来一次")
    with pytest.raises(Refused):
        services.answer_appeal(appeal=appeal, by=cast.moderator, is_granted=False, answer="维持")
    assert any("申诉待答复" in title for title in titles(cast.director))
    services.answer_appeal(appeal=appeal, by=cast.committee, is_granted=True, answer="有道理。")
    assert Comment.objects.get(pk=row.pk).state == "waiting"
    assert any("申诉成立" in title for title in titles(cast.resident2))
    services.decide(review=review_of(row), verb=Verb.PUBLISH, by=cast.committee)
    assert Comment.objects.get(pk=row.pk).is_public


@pytest.mark.parametrize("kind", ["comment", "proposal", "snap"])
@pytest.mark.parametrize("verb", [Verb.RETURN, Verb.REJECT, Verb.DIVERT, Verb.HIDE])
def test_every_decision_against_an_author_can_be_appealed_once(cast: Cast, kind: str, verb: Verb) -> None:
    made: dict[str, Any] = {
        "comment": lambda: (discussion.written(discussion.thread(cast), cast.resident2), cast.resident2),
        "proposal": lambda: (proposals.submitted(cast.resident), cast.resident),
        "snap": lambda: (snaps.captured(cast.deputy), cast.deputy),
    }
    row, author = made[kind]()
    if verb == Verb.HIDE:
        services.decide(review=review_of(row), verb=Verb.PUBLISH, by=cast.moderator)
    if kind == "comment" and verb == Verb.DIVERT:
        return  # a comment is never referred elsewhere
    details = {"channel": "court"} if verb == Verb.DIVERT else {}
    services.decide(review=review_of(row), verb=verb, by=cast.moderator, reason="请改", **details)
    client = Client()
    client.force_login(author)
    assert reverse("moderation:appeal", args=[row.review_id]) in client.get("/me/appeals/").content.decode()
    appeal = services.appeal(review=review_of(row), by=author, text="不用改。")
    with pytest.raises(Refused):
        services.appeal(review=review_of(row), by=author, text="再来一次")
    services.answer_appeal(appeal=appeal, by=cast.committee, is_granted=True, answer="有道理。")
    assert review_of(row).state == ("published" if verb == Verb.HIDE else "waiting")
    assert any("申诉成立" in title for title in titles(author))
    if verb != Verb.HIDE:
        services.decide(review=review_of(row), verb=Verb.PUBLISH, by=cast.committee)
        assert review_of(row).state == "published"


def test_a_text_amended_meanwhile_is_not_moved_by_the_answer(cast: Cast) -> None:
    row = discussion.written(discussion.thread(cast), cast.resident2)
    services.decide(review=review_of(row), verb=Verb.RETURN, by=cast.moderator, reason="请改")
    appeal = services.appeal(review=review_of(row), by=cast.resident2, text="不用改。")
    resubmit_comment(comment=row, by=cast.resident2, text="改好了。")
    services.decide(review=review_of(row), verb=Verb.RETURN, by=cast.moderator, reason="还要改")
    services.answer_appeal(appeal=appeal, by=cast.committee, is_granted=True, answer="有道理。")
    assert (review_of(row).state, review_of(row).round) == ("returned", 2)
    services.appeal(review=review_of(row), by=cast.resident2, text="第二次退回也不服。")


def test_what_is_hidden_again_can_be_appealed_again(cast: Cast, comment: Comment) -> None:
    for _number in range(2):
        hide(comment, cast.moderator)
        appeal = services.appeal(review=review_of(comment), by=cast.resident2, text="属实。")
        services.answer_appeal(appeal=appeal, by=cast.committee, is_granted=True, answer="核实属实。")
    assert Comment.objects.get(pk=comment.pk).is_public
    assert Appeal.objects.filter(state="granted").count() == 2


def test_a_confirmed_hiding_is_undone_by_an_appeal_only(cast: Cast, comment: Comment) -> None:
    hide(comment, cast.moderator)
    services.decide(review=review_of(comment), verb=Verb.CONFIRM, by=cast.committee)
    appeal = services.appeal(review=review_of(comment), by=cast.resident2, text="我说的是事实。")
    services.answer_appeal(appeal=appeal, by=cast.director, is_granted=True, answer="核实属实。")
    assert Comment.objects.get(pk=comment.pk).body == discussion.TEXT


def test_a_refused_proposal_and_a_refused_answer(cast: Cast) -> None:
    row = proposals.submitted(cast.resident)
    reject_proposal(proposal=row, by=cast.moderator, reason="不公开")
    appeal = services.appeal(review=review_of(row), by=cast.resident, text="请再看")
    services.answer_appeal(appeal=appeal, by=cast.committee, is_granted=False, answer="维持原决定。")
    assert Proposal.objects.get().state == "rejected"
    assert Appeal.objects.get().state == "refused"
    with pytest.raises(Refused):
        services.answer_appeal(appeal=appeal, by=cast.director, is_granted=True, answer="改了")
    assert Proposal.objects.get().state == "rejected"  # the answer that came too late changed nothing


def test_the_author_appeals_and_another_answers_by_their_pages(cast: Cast) -> None:
    row = discussion.written(discussion.thread(cast), cast.resident2, "一条意见")
    services.decide(review=review_of(row), verb=Verb.REJECT, by=cast.moderator, reason="重复")
    author = Client()
    author.force_login(cast.resident2)
    url = reverse("moderation:appeal", args=[row.review_id])
    assert url in author.get(reverse("moderation:appeals")).content.decode()
    assert author.post(url, {"text": ""}).status_code == 422
    assert author.post(url, {"text": "没有重复。"}).status_code == 302
    assert author.get(url).status_code == 404
    other = Client()
    other.force_login(cast.resident)
    assert other.get(url).status_code == 404
    desk = Client()
    desk.force_login(cast.moderator)
    page = reverse("appeals:detail", args=[Appeal.objects.get().pk])
    assert "须由作出决定以外的人答复" in desk.get(page).content.decode()
    desk.force_login(cast.director)
    assert "没有重复。" in desk.get(reverse("appeals:index")).content.decode()
    assert desk.post(page, {"outcome": "yes", "answer": "确实没有重复。"}).status_code == 302
    assert Comment.objects.get(pk=row.pk).state == "waiting"


# --- Closing of comments --------------------------------------------------------------------------------------
def test_a_director_closes_comments_for_a_thread_or_a_place_and_others_do_not(cast: Cast) -> None:
    thread = discussion.thread(cast)
    place = Division.objects.get(pk=thread.division_id)
    with pytest.raises(PermissionDenied):
        services.close_comments(by=cast.moderator, division=place, notice="暂停")
    with pytest.raises(PermissionDenied):
        services.close_comments(by=cast.director, division=None, notice="暂停")
    closure = services.close_comments(by=cast.director, division=place, notice="讨论暂停到周五。")
    with pytest.raises(Refused, match="讨论暂停到周五"):
        discussion.written(thread, cast.resident2)
    page = Client().get(thread.get_absolute_url()).content.decode()
    assert "讨论暂停到周五。" in page
    services.reopen_comments(closure=closure, by=cast.director)
    assert comments_closed_for(place, thread.subject_kind, thread.subject_key) is None
    discussion.written(thread, cast.resident2)
    services.close_comments(by=cast.admin, notice="全站暂停")
    assert comments_closed_for(place) is not None


def test_the_director_closes_one_thread_by_its_number(cast: Cast) -> None:
    thread = discussion.thread(cast)
    desk = Client()
    desk.force_login(cast.director)
    url = reverse("closures:index")
    scope = re.search(r'<option value="(\d+)"', desk.get(url).content.decode())
    assert scope
    wrong = desk.post(url, {"scope": scope[1], "subject": "JY-1", "notice": "暂停"})
    assert wrong.status_code == 422 and "没有这个受理编号" in wrong.content.decode()
    assert desk.post(url, {"scope": scope[1], "subject": thread.subject_key, "notice": "暂停"}).status_code == 302
    closure = CommentClosure.objects.get()
    assert (closure.subject_kind, closure.subject_key) == (thread.subject_kind, thread.subject_key)
    with pytest.raises(Refused):
        discussion.written(thread, cast.resident2)
    assert desk.post(url, {"lift": str(closure.pk)}).status_code == 302
    discussion.written(thread, cast.resident2)


# --- What reviewers and the public see ------------------------------------------------------------------------
def test_the_history_of_an_author_is_figures_without_words(cast: Cast) -> None:
    thread = discussion.thread(cast)
    discussion.public(cast, thread, cast.resident2)
    returned = discussion.written(thread, cast.resident2, "二")
    services.decide(review=review_of(returned), verb=Verb.RETURN, by=cast.moderator, reason="改")
    last = discussion.written(thread, cast.resident2, "三")
    found = author_history(review_of(last))
    assert found and (found.total, found.published, found.returned) == (2, 1, 1)
    desk = Client()
    desk.force_login(cast.moderator)
    assert "共 2 件：公开 1" in desk.get(reverse("reviews:review", args=[last.review_id])).content.decode()


def test_the_authors_latest_texts_are_linked_within_the_scope_and_never_to_or_from_a_confidential_one(
    cast: Cast,
) -> None:
    thread = discussion.thread(cast)
    first, last = (discussion.written(thread, cast.resident2, each) for each in ("第一条意见", "第二条意见"))
    hidden = proposals.submitted(cast.resident2, is_confidential=True)
    assert [row.pk for row in recent_of_author(review_of(last), cast.moderator)] == [first.review_id]
    assert recent_of_author(review_of(hidden), cast.moderator) == []
    assert recent_of_author(review_of(last), cast.resident) == []
    desk = Client()
    desk.force_login(cast.moderator)
    page = desk.get(reverse("reviews:review", args=[last.review_id])).content.decode()
    assert reverse("reviews:review", args=[first.review_id]) in page


def test_the_public_figures_name_no_small_count(cast: Cast, client: Client) -> None:
    thread = discussion.thread(cast)
    for number in range(3):
        discussion.public(cast, thread, cast.resident2, f"意见{number}")
    assert [row.total for row in monthly_figures()] == ["不足5"]
    assert "不足5" in client.get(reverse("moderation:figures")).content.decode()


def test_an_edit_is_no_return_and_a_hiding_weeks_later_does_not_make_the_review_slow(
    cast: Cast, comment: Comment, time_machine: Any
) -> None:
    from participation.discussion.services import edit_comment, publish_comment

    edit_comment(comment=Comment.objects.get(), by=cast.resident2, text="改一个字")
    publish_comment(comment=Comment.objects.get(), by=cast.moderator)
    time_machine.move_to(timezone.now() + timedelta(days=20))
    hide(comment, cast.moderator)
    made = [
        (row.state, row.decided_at - row.submitted_at < timedelta(days=1)) for row in Decision.objects.order_by("pk")
    ]
    proposal = ("published", True)  # what is discussed
    assert made == [proposal, ("published", True), ("published", True), ("hidden", False)]


def test_the_figures_count_decisions_and_not_what_became_of_the_texts(cast: Cast, client: Client) -> None:
    review, now = discussion.written(discussion.thread(cast), cast.resident2).review, timezone.now()
    Decision.objects.all().delete()

    def decided(state: str, count: int, days: int) -> None:
        at = now - timedelta(days=days)
        rows = [Decision(review=review, state=state, submitted_at=at, decided_at=now) for _n in range(count)]
        Decision.objects.bulk_create(rows)

    decided("published", 15, 0)
    decided("returned", 5, 2)
    decided("hidden", 5, 20)
    row = monthly_figures()[0]
    assert (row.total, row.within_a_day, row.within_three_days) == ("20", "75.0%", "100.0%")
    assert (row.returned, row.refused, row.hidden) == ("25.0%", "0.0%", "5")


def test_the_second_person_hears_of_a_hiding_at_once_and_the_first_one_not(cast: Cast, comment: Comment) -> None:
    hide(comment, cast.director)
    assert not any("待复核" in title for title in titles(cast.director))
    told = Message.objects.get(recipient=cast.committee, title__contains="隐去待复核")
    assert "同意隐去" in told.body and told.url == reverse("reviews:review", args=[comment.review_id])


def test_an_appeal_against_the_only_director_is_told_to_the_committee(cast: Cast, comment: Comment) -> None:
    hide(comment, cast.director)
    services.appeal(review=review_of(comment), by=cast.resident2, text="我说的是实情。")
    assert any("申诉待答复" in title for title in titles(cast.committee))
    assert not any("申诉待答复" in title for title in titles(cast.director))


def test_a_comment_is_called_by_its_discussion_and_never_by_its_words(cast: Cast, comment: Comment) -> None:
    proposal = Proposal.objects.get()
    hide(comment, cast.moderator)
    services.appeal(review=review_of(comment), by=cast.resident2, text="我说的是实情。")
    told = Message.objects.get(recipient=cast.director, title__contains="申诉待答复")
    assert proposal.display_title in told.title and discussion.TEXT[:6] not in told.title
    assert (told.subject_kind, told.subject_key) == ("proposal", proposal.number)
    own = Client()
    own.force_login(cast.resident2)
    page = own.get(reverse("moderation:appeals")).content.decode()
    assert f"“{proposal.display_title}”讨论中的评论" in page and f"评论 {comment.pk}" not in page


def test_the_desk_of_a_comment_asks_for_no_title_and_its_history_is_in_words(cast: Cast) -> None:
    row = discussion.written(discussion.thread(cast), cast.resident2)
    desk = Client()
    desk.force_login(cast.moderator, backend="portal.accounts.backends.ScopedRoleBackend")
    url = reverse("reviews:review", args=[row.review_id])
    page = desk.get(url).content.decode()
    assert "公开标题" not in page and "讨论中的评论" in page
    assert 'value="claim"' in page and 'value="release"' not in page
    desk.post(url, {"verb": "claim"})
    assert 'value="release"' in desk.get(url).content.decode()
    desk.post(url, {"verb": "reject", "reason": "与这件事无关"})
    services.appeal(review=review_of(row), by=cast.resident2, text="有关系。")
    assert "作者申诉" in desk.get(url).content.decode()
