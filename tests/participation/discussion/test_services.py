"""Every verb: the row, the counters, the trail, who is told; and who may not."""

import secrets
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participation.discussion import services
from participation.discussion.models import Capacity, Comment, Thread
from participation.discussion.selectors import first_replies, own_unpublished, thread_page
from participation.discussion.states import State
from participation.moderation.rules import Refused
from participation.moderation.states import Verb
from participation.proposals import services as proposals
from participation.proposals.models import Proposal
from portal.jurisdictions.models import TermsPeriod
from portal.outbox.models import Message
from portal.trail.selectors import history_of
from portal.wording.models import WordEntry
from tests.conftest import Cast
from tests.factories import discussion

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return discussion.thread(cast)


def fresh(row: Comment) -> Comment:
    return Comment.objects.select_related("review", "thread").get(pk=row.pk)


def counts(thread: Thread) -> tuple[int, int]:
    row = Thread.objects.get(pk=thread.pk)
    return row.comment_count, row.support_count


def told(user: object, kind: str) -> list[str]:
    return list(Message.objects.filter(recipient=user, kind=kind).order_by("pk").values_list("title", flat=True))


def let_through_known_authors(thread: Thread) -> None:
    values = {"comment_review": {"value": "first_and_flagged"}}
    TermsPeriod.objects.create(division=thread.division, starts_on=timezone.localdate(), values=values)


def test_a_published_proposal_has_a_thread_and_its_author_follows_it(cast: Cast, thread: Thread) -> None:
    proposal = Proposal.objects.get(thread=thread)
    assert (thread.subject_kind, thread.subject_key) == ("proposal", proposal.number)
    assert (
        services.open_thread(subject_kind="proposal", subject_key=proposal.number, division=thread.division) == thread
    )


def test_a_comment_waits_for_its_review_and_nothing_of_it_is_public(cast: Cast, thread: Thread) -> None:
    comment = discussion.written(thread, cast.resident2, "我的电话13912345678，支持。", stance="support")
    assert (comment.state, comment.body, comment.is_listed) == (State.WAITING, "", False)
    assert comment.review.subject_key == comment.key
    assert "13912345678" not in comment.review.public_body
    assert counts(thread) == (0, 0)
    assert thread_page(thread).entries == []
    assert own_unpublished(cast.resident2, thread) == [comment]


def test_published_it_is_counted_signed_and_its_author_is_told_once(cast: Cast, thread: Thread) -> None:
    comment = discussion.public(cast, thread, cast.resident2, stance="support")
    assert (comment.state, comment.body) == (State.PUBLISHED, discussion.TEXT)
    assert comment.author_label == cast.resident2.display_name
    assert counts(thread) == (1, 1)
    assert len(told(cast.resident2, "own_comment")) == 1
    assert [entry.verb for entry in history_of("comment", comment.key)] == ["write", "publish"]


def test_a_double_click_makes_one_comment(cast: Cast, thread: Thread) -> None:
    key = secrets.token_urlsafe(24)
    first = discussion.written(thread, cast.resident2, form_key=key)
    assert discussion.written(thread, cast.resident2, form_key=key) == first
    assert Comment.objects.count() == 1


def test_only_the_verified_write_and_nobody_with_a_borrowed_badge(cast: Cast, thread: Thread) -> None:
    with pytest.raises(PermissionDenied):
        discussion.written(thread, get_user_model().objects.create_user("newcomer"))
    for capacity in (Capacity.MEMBER, Capacity.DEPUTY, Capacity.OFFICIAL):
        with pytest.raises(PermissionDenied):
            discussion.written(thread, cast.resident2, capacity=capacity)
    assert discussion.written(thread, cast.member, capacity=Capacity.MEMBER).capacity == "member"


def test_an_official_answer_is_public_at_once_and_told_to_whom_it_answers_and_who_follows(
    cast: Cast, thread: Thread
) -> None:
    asked = discussion.public(cast, thread, cast.resident2)
    answer = discussion.written(thread, cast.committee, "下周派人去看。", capacity="official", reply_to=asked)
    assert answer.is_public and answer.author_label == f"{thread.division.name}工作人员"
    assert len(told(cast.resident2, "comment_answered")) == 1
    assert told(cast.resident2, "followed_thread") == []  # one event, told once
    assert len(told(cast.resident, "followed_thread")) == 1


def test_answers_stand_on_the_second_level_and_quote_whom_they_answer(cast: Cast, thread: Thread) -> None:
    top = discussion.public(cast, thread, cast.resident2)
    first = discussion.public(cast, thread, cast.member, reply_to=top)
    second = discussion.public(cast, thread, cast.resident2, reply_to=first, stance="support")
    assert (second.parent, second.reply_to, second.stance) == (top, first, "")
    assert (fresh(first).reply_rank, fresh(second).reply_rank) == (1, 2)
    assert fresh(top).reply_count == 2
    assert first_replies([fresh(top)])[top.pk] == [first, second]


def test_returned_with_a_reason_amended_and_published(cast: Cast, thread: Thread) -> None:
    comment = discussion.written(thread, cast.resident2)
    services.return_comment(comment=comment, by=cast.moderator, reason="请不要写别人的名字。")
    assert "请补正" in told(cast.resident2, "own_comment")[0]
    row = services.resubmit_comment(comment=fresh(comment), by=cast.resident2, text="改好了的意见。")
    assert row.state == State.WAITING and row.review.round == 2
    assert services.publish_comment(comment=row, by=cast.moderator).body == "改好了的意见。"


def test_a_blocked_word_is_named_and_nothing_is_kept(cast: Cast, thread: Thread) -> None:
    WordEntry.objects.create(word="坏词甲", level="block")
    with pytest.raises(Refused, match="坏词甲"):
        discussion.written(thread, cast.resident2, "这里有坏 词 甲。".replace(" ", ""))
    assert not Comment.objects.exists()
    comment = discussion.public(cast, thread, cast.resident2)
    with pytest.raises(Refused, match="坏词甲"):
        services.edit_comment(comment=comment, by=cast.resident2, text="坏词甲")
    assert fresh(comment).review.state == "published"


def test_nobody_reviews_the_own_words(cast: Cast, thread: Thread) -> None:
    comment = discussion.written(thread, cast.committee, capacity="official")
    with pytest.raises(PermissionDenied):
        services.hide_comment(comment=comment, by=cast.committee, reason="收回")


def test_known_authors_may_be_let_through_but_not_with_a_telephone_number(cast: Cast, thread: Thread) -> None:
    let_through_known_authors(thread)
    get_user_model().objects.filter(pk=cast.resident2.pk).update(date_joined=timezone.now() - timedelta(days=30))
    cast.resident2.refresh_from_db()
    first = discussion.written(thread, cast.resident2)
    assert not first.is_public
    services.publish_comment(comment=first, by=cast.moderator)
    assert discussion.written(thread, cast.resident2, "我也这样想。").is_public
    assert not discussion.written(thread, cast.resident2, "打我电话13912345678").is_public


def test_an_edit_replaces_the_text_after_review_and_the_former_stays_readable(cast: Cast, thread: Thread) -> None:
    comment = discussion.public(cast, thread, cast.resident2)
    edited = services.edit_comment(comment=comment, by=cast.resident2, text="更正：西门。")
    assert (edited.body, edited.is_edit_waiting, edited.is_public) == (discussion.TEXT, True, True)
    with pytest.raises(Refused):
        services.edit_comment(comment=fresh(comment), by=cast.resident2, text="再改")
    done = services.publish_comment(comment=fresh(comment), by=cast.moderator)
    assert (done.body, done.is_edit_waiting) == ("更正：西门。", False)
    assert [text.body for text in done.texts.all()] == [discussion.TEXT, "更正：西门。"]
    assert counts(thread) == (1, 0)


def test_a_refused_edit_leaves_what_was_public_also_after_hiding_and_restoring(cast: Cast, thread: Thread) -> None:
    comment = discussion.public(cast, thread, cast.resident2)
    services.edit_comment(comment=comment, by=cast.resident2, text="骂人的话")
    services.return_comment(comment=fresh(comment), by=cast.moderator, reason="不文明。")
    row = fresh(comment)
    assert (row.body, row.state, row.is_edit_waiting) == (discussion.TEXT, State.PUBLISHED, False)
    services.hide_comment(comment=row, by=cast.moderator, reason="误会")
    services.restore_comment(comment=fresh(comment), by=cast.committee)
    assert fresh(comment).body == discussion.TEXT


def test_the_window_closes(cast: Cast, thread: Thread, settings: object) -> None:
    comment = discussion.public(cast, thread, cast.resident2)
    settings.COMMENT_EDIT_MINUTES = 30  # type: ignore[attr-defined]  # pytest-django's
    Comment.objects.filter(pk=comment.pk).update(published_at=timezone.now() - timedelta(minutes=31))
    with pytest.raises(Refused):
        services.edit_comment(comment=fresh(comment), by=cast.resident2, text="太晚了")


def test_withdrawn_it_is_gone_and_leaves_a_line_only_where_somebody_answered(cast: Cast, thread: Thread) -> None:
    lonely = discussion.public(cast, thread, cast.resident2)
    answered = discussion.public(cast, thread, cast.resident2, "另一条")
    discussion.public(cast, thread, cast.member, reply_to=answered)
    for row in (lonely, answered):
        services.withdraw_comment(comment=fresh(row), by=cast.resident2)
    assert (fresh(lonely).is_listed, fresh(answered).is_listed) == (False, True)
    assert fresh(answered).body == "" and fresh(answered).author_label == ""
    assert counts(thread) == (1, 0)
    with pytest.raises(PermissionDenied):
        services.withdraw_comment(comment=fresh(answered), by=cast.member)


def test_the_line_of_a_withdrawn_comment_comes_with_its_first_answer_and_goes_with_the_last(
    cast: Cast, thread: Thread
) -> None:
    comment = discussion.public(cast, thread, cast.resident2)
    waiting = discussion.written(thread, cast.resident, reply_to=comment)
    services.withdraw_comment(comment=fresh(comment), by=cast.resident2)
    assert not fresh(comment).is_listed
    answer = services.publish_comment(comment=fresh(waiting), by=cast.moderator)
    assert (fresh(comment).is_listed, fresh(comment).reply_count) == (True, 1)
    services.withdraw_comment(comment=fresh(answer), by=cast.resident)
    assert (fresh(comment).is_listed, fresh(comment).reply_count) == (False, 0)


def test_one_hides_at_once_and_another_confirms_or_restores(cast: Cast, thread: Thread) -> None:
    comment = discussion.public(cast, thread, cast.resident2, stance="support")
    services.hide_comment(comment=comment, by=cast.moderator, reason="含不实信息", public_note="与事实不符")
    hidden = fresh(comment)
    assert (hidden.body, hidden.is_listed, hidden.is_public) == ("", True, False)
    assert counts(thread) == (0, 0)
    for verb in (services.confirm_hiding, services.restore_comment):
        with pytest.raises(Refused):
            verb(comment=hidden, by=cast.moderator)
    services.restore_comment(comment=hidden, by=cast.committee)
    assert fresh(comment).body == discussion.TEXT and counts(thread) == (1, 1)
    services.hide_comment(comment=fresh(comment), by=cast.moderator, reason="含不实信息")
    services.confirm_hiding(comment=fresh(comment), by=cast.committee)
    with pytest.raises(Refused):
        services.restore_comment(comment=fresh(comment), by=cast.committee)


def test_helpful_counts_once_and_never_the_own(cast: Cast, thread: Thread) -> None:
    comment = discussion.public(cast, thread, cast.resident2)
    assert services.mark_helpful(comment=comment, by=cast.resident)
    assert not services.mark_helpful(comment=comment, by=cast.resident)
    assert fresh(comment).helpful_count == 1
    with pytest.raises(PermissionDenied):
        services.mark_helpful(comment=comment, by=cast.resident2)
    assert services.mark_helpful(comment=comment, by=cast.resident, is_helpful=False)
    assert fresh(comment).helpful_count == 0


def test_closed_only_with_a_summary_and_then_no_more_words(cast: Cast, thread: Thread) -> None:
    discussion.public(cast, thread, cast.resident2)
    with pytest.raises(Refused):
        services.close_thread(thread=thread, by=cast.moderator, summary="  ")
    with pytest.raises(PermissionDenied):
        services.close_thread(thread=thread, by=cast.resident2, summary="算了")
    closed = services.close_thread(thread=thread, by=cast.moderator, summary="多数赞成先装一盏。")
    assert closed.is_closed
    assert any("小结" in title for title in told(cast.resident, "followed_thread"))
    with pytest.raises(Refused):
        discussion.written(thread, cast.resident2)


def test_after_its_last_day_no_more_words(cast: Cast, thread: Thread) -> None:
    services.set_last_day(thread=thread, by=cast.moderator, closes_on=timezone.localdate())
    discussion.written(thread, cast.resident2)
    Thread.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused):
        discussion.written(thread, cast.resident2)


def test_a_proposal_that_leaves_the_public_takes_its_thread_along(cast: Cast, thread: Thread) -> None:
    proposal = Proposal.objects.get(thread=thread)
    proposals.hide_proposal(proposal=proposal, by=cast.moderator, reason="复核")
    assert Thread.objects.get(pk=thread.pk).is_suspended
    proposals.restore_proposal(proposal=Proposal.objects.get(pk=proposal.pk), by=cast.committee)
    assert not Thread.objects.get(pk=thread.pk).is_suspended


def test_the_queue_offers_what_may_be_done(cast: Cast, thread: Thread) -> None:
    from participation.moderation.registry import owner_of
    from participation.moderation.services import decide

    owner = owner_of("comment")
    comment = discussion.written(thread, cast.resident2)
    verbs = owner.allowed_verbs(comment.review, cast.moderator)
    assert {Verb.CLAIM, Verb.PUBLISH, Verb.RETURN, Verb.REJECT} <= verbs and Verb.HIDE not in verbs
    decide(review=comment.review, verb=Verb.PUBLISH, by=cast.moderator)
    assert owner.allowed_verbs(fresh(comment).review, cast.moderator) == {Verb.HIDE}
    assert owner.resolve([fresh(comment).review])[comment.review_id].public_url


def test_a_cancelled_account_leaves_its_public_words_without_the_person(cast: Cast, thread: Thread) -> None:
    comment = discussion.public(cast, thread, cast.resident2, "原文有电话13912345678")
    services.empty_own(cast.resident2)
    row = fresh(comment)
    assert row.author_label == "已注销用户" and "13912345678" not in row.review.original_body
    assert services.export_own(cast.resident2)[0]["text"] == row.review.original_body


def test_messages_about_comments_stand_with_the_matter_that_is_discussed(cast: Cast) -> None:
    on = discussion.thread(cast)
    top = discussion.public(cast, on, cast.resident2)
    discussion.public(cast, on, cast.member, reply_to=top)
    discussion.written(on, cast.committee, "已到现场看过。", capacity="official")
    about = Message.objects.filter(recipient=cast.resident2).values_list("subject_kind", "subject_key").distinct()
    assert set(about) == {("proposal", on.subject_key)}
