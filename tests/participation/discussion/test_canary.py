"""R26, R27: no hidden word on any surface, whoever looks; and a form takes its own fields only."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from participation.discussion import services
from participation.discussion.models import Comment, Thread
from participation.evaluations import services as evaluations
from participation.evaluations.models import EvaluationComment, Rater, Round
from participation.evaluations.states import Question
from participation.moderation import services as moderation
from participation.moderation.models import Review
from participation.moderation.selectors import review_of_subject
from participation.moderation.states import Verb
from participation.proposals.models import Proposal
from portal.outbox.models import Message
from portal.trail.models import Entry
from portal.trail.subjects import subjects_of
from tests.conftest import Cast
from tests.factories import discussion
from tests.factories.evaluations import publication, round_for

pytestmark = pytest.mark.django_db
CANARY = "金丝雀在灯下"
Make = Callable[[Cast, Thread], Comment]


def waiting(cast: Cast, thread: Thread) -> Comment:
    return discussion.written(thread, cast.resident2, CANARY)


def returned(cast: Cast, thread: Thread) -> Comment:
    return services.return_comment(comment=waiting(cast, thread), by=cast.moderator, reason="请改")


def rejected(cast: Cast, thread: Thread) -> Comment:
    return services.reject_comment(comment=waiting(cast, thread), by=cast.moderator, reason="不公开")


def appealed(cast: Cast, thread: Thread) -> Comment:
    row = rejected(cast, thread)
    moderation.appeal(review=Review.objects.get(pk=row.review_id), by=cast.resident2, text=f"{CANARY}为什么不行")
    return row


def hidden(cast: Cast, thread: Thread) -> Comment:
    row = discussion.public(cast, thread, cast.resident2, CANARY)
    return services.hide_comment(comment=row, by=cast.moderator, reason="不实")


def hidden_after_an_edit(cast: Cast, thread: Thread) -> Comment:
    row = discussion.public(cast, thread, cast.resident2, CANARY)
    row = services.edit_comment(comment=row, by=cast.resident2, text=f"{CANARY}改")
    return services.hide_comment(comment=row, by=cast.moderator, reason="不实")


def reported_and_hidden(cast: Cast, thread: Thread) -> Comment:
    row = discussion.public(cast, thread, cast.resident2, CANARY)
    review = Review.objects.select_related("division").get(pk=row.review_id)
    moderation.report(review=review, by=cast.member, reason="false", note=f"{CANARY}是假的")
    moderation.decide_report(review=review, by=cast.moderator, is_upheld=True, answer="不实。")
    return row


def withdrawn(cast: Cast, thread: Thread) -> Comment:
    row = discussion.public(cast, thread, cast.resident2, CANARY)
    discussion.public(cast, thread, cast.member, "回一句", reply_to=row)
    return services.withdraw_comment(comment=Comment.objects.get(pk=row.pk), by=cast.resident2)


def edit_waiting(cast: Cast, thread: Thread) -> Comment:
    row = discussion.public(cast, thread, cast.resident2, "公开的话")
    return services.edit_comment(comment=row, by=cast.resident2, text=CANARY)


STATES = [
    waiting, returned, rejected, appealed, hidden, hidden_after_an_edit, reported_and_hidden, withdrawn, edit_waiting,
]  # fmt: skip
# everybody but the author and those who review the place
OTHERS = ("", "resident", "member", "deputy", "clerk", "community", "editor", "unit", "unit2", "party", "auditor")


def own_surfaces(comment: Comment) -> list[str]:
    return [
        comment.get_absolute_url(), reverse("discussion:replies", args=[comment.pk]),
        reverse("discussion:texts", args=[comment.pk]), reverse("discussion:reply", args=[comment.pk]),
        reverse("moderation:report", args=["comment", comment.key]),
    ]  # fmt: skip


def surfaces(thread: Thread) -> list[str]:
    page, proposal = thread.get_absolute_url(), Proposal.objects.get()
    return [
        page, f"{page}?order=oldest", f"{page}?order=helpful", f"{page}?voices=official", f"{page}?voices=members",
        reverse("moderation:figures"), proposal.get_absolute_url(), reverse("proposals:list"), "/search/?q=金丝雀",
        "/", "/trail/", "/sitemap.xml", "/me/", "/me/messages/", "/me/follows/", reverse("discussion:mine"),
        reverse("moderation:appeals"), "/trail/export/", "/feed/", "/me/messages/settings/",
        f"/follow/?kind=thread&key={thread.key}",
    ]  # fmt: skip


def leaks(cast: Cast, urls: list[str], people: tuple[str, ...] = OTHERS) -> list[tuple[str, str]]:
    found = []
    for name in people:
        client = Client()
        if name:
            client.force_login(cast[name])
        for url in urls:
            answer = client.get(url, follow=True)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # a file
            if CANARY in body.decode(errors="replace"):
                found.append((name, url))
    return found


@pytest.mark.once
def test_no_surface_shows_a_hidden_word_to_anybody_else(cast: Cast) -> None:
    thread = discussion.thread(cast)
    comments = [make(cast, thread) for make in STATES]
    assert leaks(cast, [*surfaces(thread), *(url for each in comments for url in own_surfaces(each))]) == []


@pytest.mark.once
def test_no_surface_shows_a_hidden_summary_or_the_hidden_words_of_a_rating(cast: Cast) -> None:
    thread = services.close_thread(thread=discussion.thread(cast), by=cast.committee, summary=f"{CANARY}，装在东门。")
    round_ = round_for(keys=("party:1",), questions=(Question.COMMENT,))
    evaluations.give_answer(rater=Rater.objects.get(round=round_), value="satisfied", comment=CANARY)
    evaluations.close_round(round_=round_)
    row = publication()
    Round.objects.filter(pk=round_.pk).update(publication=row)
    words = EvaluationComment.objects.select_related("review").get()
    moderation.decide(review=words.review, verb=Verb.PUBLISH, by=cast.moderator)
    urls = [
        *surfaces(thread), row.get_absolute_url(), reverse("evaluations:list"), reverse("evaluations:data"),
        reverse("evaluations:table"), reverse("evaluations:detail_table", args=[row.pk]), reverse("evaluations:feed"),
    ]  # fmt: skip
    parts = [("thread_summary", thread.key), ("evaluation_comment", words.key)]
    urls += [reverse("moderation:report", args=part) for part in parts]
    assert len(leaks(cast, urls, ("",))) > 3  # public so far
    for kind, key in parts:
        review = review_of_subject(kind, key)
        assert review is not None
        moderation.report(review=review, by=cast.member, reason="false", note=CANARY)
        stored = Review.objects.select_related("division").get(kind=kind, subject_key=key)
        moderation.decide_report(review=stored, by=cast.moderator, is_upheld=True, answer="不实。")
    assert leaks(cast, urls, ("", "member", "resident2", "unit")) == []


@pytest.mark.figures
@pytest.mark.parametrize("make", STATES, ids=[each.__name__ for each in STATES])
def test_no_surface_shows_the_word_of_one_state(make: Make, cast: Cast) -> None:
    """Alone in its thread, where no other state can stand in the way of its showing."""
    comment = make(cast, thread := discussion.thread(cast))
    assert leaks(cast, [*surfaces(thread), *own_surfaces(comment)]) == []


@pytest.mark.parametrize("make", STATES, ids=[each.__name__ for each in STATES])
def test_no_message_entry_subject_or_row_holds_a_hidden_word(make: Make, cast: Cast) -> None:
    comment = make(cast, discussion.thread(cast))
    told = " ".join(f"{row.title} {row.body}" for row in Message.objects.all())
    recorded = " ".join(f"{row.reason} {row.detail}" for row in Entry.objects.all())
    subject = subjects_of("comment", [comment.key])[comment.key]
    row = Comment.objects.values().get(pk=comment.pk)
    assert CANARY not in told + recorded + subject.title + " ".join(map(str, row.values()))
    assert subject.visible_to(AnonymousUser()) == (make is edit_waiting)


def test_a_form_takes_no_field_but_its_own(cast: Cast, settings: Any) -> None:
    settings.GATE_LIMITS = settings.GATE_LIMITS | {"form_seconds": (0, 1)}
    thread = discussion.thread(cast)
    client = Client()
    client.force_login(cast.resident2)
    url = reverse("discussion:write", args=[thread.pk])
    page = client.get(url, follow=True).content.decode()
    data = {
        name: match[1]
        for name in ("form_key", "form_age")
        if (match := re.search(f'name="{name}" value="([^"]+)"', page))
    }
    over = {field.attname: "1" for field in (*Comment._meta.concrete_fields, *Review._meta.concrete_fields)}
    over |= {
        "stance": "",
        "state": "published",
        "body": "越权",
        "is_listed": "on",
        "helpful_count": "999",
        "parent": "1",
    }
    assert client.post(url, over | data | {"text": "正常的话", "capacity": "official"}).status_code == 422
    page = client.get(url, follow=True).content.decode()
    answer = client.post(url, over | data | {"text": "正常的话", "capacity": "resident"})
    assert answer.status_code == 302
    row = Comment.objects.select_related("review").get()
    assert (row.author, row.capacity, row.state, row.body, row.parent, row.helpful_count, row.is_listed) == (
        cast.resident2, "resident", "waiting", "", None, 0, False,
    )  # fmt: skip
    assert (row.review.state, row.review.round, row.review.original_body) == ("waiting", 1, "正常的话")
