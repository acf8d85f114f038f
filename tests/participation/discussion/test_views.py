"""The pages: what is shown to whom, constant queries, and that nothing typed is lost."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from participation.discussion import services
from participation.discussion.models import Comment, Thread
from participation.discussion.selectors import ORDERS, listed
from participation.proposals.models import Proposal
from tests.conftest import Cast
from tests.factories import discussion

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return discussion.thread(cast)


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_key(page: str) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', page)
    assert found
    return found[1]


def post_comment(client: Client, url: str, text: str, **fields: str) -> Any:
    page = client.get(url, follow=True).content.decode()
    age = re.search(r'name="form_age" value="([^"]+)"', page)
    assert age
    data = {"text": text, "capacity": "resident", "form_key": form_key(page), "form_age": age[1], **fields}
    return client.post(url, data)


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:
    settings.GATE_LIMITS = settings.GATE_LIMITS | {"form_seconds": (0, 1)}


def test_a_resident_writes_and_sees_the_own_words_before_anybody_else(
    cast: Cast, thread: Thread, client: Client
) -> None:
    mine = logged_in(cast.resident2)
    answer = post_comment(mine, reverse("discussion:write", args=[thread.pk]), "我赞成在东门装灯。", stance="support")
    assert answer.status_code == 302 and answer.url == thread.get_absolute_url()
    own = mine.get(answer.url).content.decode()
    assert "审核以后公开" in own and "我赞成在东门装灯。" in own
    assert "我赞成在东门装灯" not in client.get(thread.get_absolute_url()).content.decode()
    services.publish_comment(comment=Comment.objects.get(), by=cast.moderator)
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "我赞成在东门装灯。" in page and "支持" in page
    assert "我赞成在东门装灯。" in client.get(Proposal.objects.get().get_absolute_url()).content.decode()


def test_an_empty_or_endless_text_is_refused_beside_its_field_and_stays(cast: Cast, thread: Thread) -> None:
    url = reverse("discussion:write", args=[thread.pk])
    empty = post_comment(logged_in(cast.resident2), url, " ", stance="oppose")
    assert empty.status_code == 422 and "请写下您的意见" in empty.content.decode()
    long = post_comment(logged_in(cast.resident2), url, "长" * 1001)
    assert long.status_code == 422 and "超出1个字" in long.content.decode() and "长" * 1001 in long.content.decode()


def test_a_visitor_is_led_to_the_log_in_and_the_unproved_to_the_phone(thread: Thread, client: Client) -> None:
    from django.contrib.auth import get_user_model

    url = reverse("discussion:write", args=[thread.pk])
    assert "login" in client.post(url, {"text": "x"}).url
    newcomer = logged_in(get_user_model().objects.create_user("newcomer"))
    assert reverse("account_change_phone") in newcomer.post(url, {"text": "x"}).url
    place = f"?next={thread.get_absolute_url()}%23write"
    assert place in client.get(thread.get_absolute_url()).content.decode()
    assert "核实手机号" in newcomer.get(thread.get_absolute_url()).content.decode()


def test_a_deep_link_leads_to_the_page_on_which_the_comment_stands(cast: Cast, thread: Thread, client: Client) -> None:
    rows = [discussion.public(cast, thread, cast.resident2, f"第{n}条意见") for n in range(25)]
    answer = client.get(rows[0].get_absolute_url(), follow=True)
    assert f'id="{rows[0].anchor}"' in answer.content.decode()
    assert answer.redirect_chain[0][0].endswith(f"#{rows[0].anchor}")
    first = client.get(thread.get_absolute_url()).content.decode()
    assert f'id="{rows[0].anchor}"' not in first and f'id="{rows[-1].anchor}"' in first


def test_a_late_reply_is_found_on_the_page_of_all_replies(cast: Cast, thread: Thread, client: Client) -> None:
    top = discussion.public(cast, thread, cast.resident2)
    replies = [discussion.public(cast, thread, cast.member, f"回复{n}", reply_to=top) for n in range(5)]
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "回复2" in page and "回复3" not in page and "看全部 5 条回复" in page
    answer = client.get(replies[4].get_absolute_url(), follow=True)
    assert f'id="{replies[4].anchor}"' in answer.content.decode()


def test_only_official_words_or_only_members(cast: Cast, thread: Thread, client: Client) -> None:
    discussion.public(cast, thread, cast.resident2, "居民的话")
    discussion.public(cast, thread, cast.member, "代表的话", capacity="member")
    discussion.written(thread, cast.committee, "官方的话", capacity="official")
    url = thread.get_absolute_url()
    members = client.get(f"{url}?voices=members").content.decode()
    assert "代表的话" in members and "居民的话" not in members and "议事代表" in members
    official = client.get(f"{url}?voices=official").content.decode()
    assert "官方的话" in official and "代表的话" not in official
    assert client.get(f"{url}?voices=nonsense&order=' OR 1&cursor=forged").status_code == 200


def test_hidden_words_are_nowhere_and_a_line_says_so(cast: Cast, thread: Thread, client: Client) -> None:
    comment = discussion.public(cast, thread, cast.resident2, "金丝雀一号")
    services.edit_comment(comment=comment, by=cast.resident2, text="金丝雀二号")
    services.publish_comment(comment=Comment.objects.select_related("review").get(), by=cast.moderator)
    assert "金丝雀一号" in client.get(reverse("discussion:texts", args=[comment.pk])).content.decode()
    services.hide_comment(comment=Comment.objects.get(), by=cast.moderator, reason="不实", public_note="与事实不符")
    proposal = Proposal.objects.get()
    for url in (
        thread.get_absolute_url(),
        proposal.get_absolute_url(),
        reverse("discussion:replies", args=[comment.pk]),
    ):
        assert "金丝雀" not in client.get(url).content.decode()
    assert "与事实不符" in client.get(thread.get_absolute_url()).content.decode()
    assert client.get(reverse("discussion:texts", args=[comment.pk])).status_code == 404
    assert client.get(comment.get_absolute_url(), follow=True).status_code == 200


def test_a_thread_is_seen_only_by_whoever_sees_what_is_discussed(cast: Cast, thread: Thread, client: Client) -> None:
    from participation.proposals.services import hide_proposal

    discussion.public(cast, thread, cast.resident2, "金丝雀")
    hide_proposal(proposal=Proposal.objects.get(), by=cast.moderator, reason="复核")
    page = client.get(thread.get_absolute_url())
    assert page.status_code == 404 or "金丝雀" not in page.content.decode()


def test_helpful_by_a_button_and_taken_back(cast: Cast, thread: Thread) -> None:
    comment = discussion.public(cast, thread, cast.resident2)
    url = reverse("discussion:helpful", args=[comment.pk])
    other = logged_in(cast.resident)
    assert other.get(url).status_code == 405
    assert other.post(url, {"do": "helpful"}).url.endswith(f"#{comment.anchor}")
    assert Comment.objects.get().helpful_count == 1
    other.post(url, {"do": "withdraw"})
    assert Comment.objects.get().helpful_count == 0
    assert "不用点" in logged_in(cast.resident2).post(url, follow=True).content.decode()


def test_returned_amended_edited_and_withdrawn_by_the_own_pages(cast: Cast, thread: Thread) -> None:
    comment = discussion.written(thread, cast.resident2)
    services.return_comment(comment=comment, by=cast.moderator, reason="请写具体位置。")
    mine = logged_in(cast.resident2)
    amend = reverse("discussion:amend", args=[comment.pk])
    assert "请写具体位置。" in mine.get(amend).content.decode()
    assert mine.post(amend, {"text": ""}).status_code == 422
    assert mine.post(amend, {"text": "东门往南二十米。"}).status_code == 302
    services.publish_comment(comment=Comment.objects.select_related("review").get(), by=cast.moderator)
    edit = reverse("discussion:edit", args=[comment.pk])
    assert mine.post(edit, {"text": "东门往北二十米。"}).status_code == 302
    assert logged_in(cast.resident).get(edit).status_code == 404
    assert mine.get(reverse("discussion:withdraw", args=[comment.pk])).status_code == 200
    mine.post(reverse("discussion:withdraw", args=[comment.pk]))
    assert Comment.objects.get().state == "withdrawn"
    assert "已撤回" in mine.get(reverse("discussion:mine")).content.decode()


def test_a_page_of_many_asks_as_often_as_a_page_of_few(
    cast: Cast, thread: Thread, client: Client, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(thread.get_absolute_url())
        return len(seen)

    for n in range(2):
        top = discussion.public(cast, thread, cast.resident2, f"意见{n}")
        discussion.public(cast, thread, cast.member, "回复", reply_to=top)
    asked()
    few = asked()
    for n in range(25):
        top = discussion.public(cast, thread, cast.resident2, f"更多{n}")
        discussion.public(cast, thread, cast.member, "回复", reply_to=top)
    assert asked() == few


@pytest.mark.parametrize("order", ["newest", "oldest", "helpful", "replies"])
def test_a_page_is_read_in_the_order_of_an_index_and_never_sorted(cast: Cast, thread: Thread, order: str) -> None:
    comment, by = discussion.public(cast, thread, cast.resident2), ORDERS.get(order, "published_at")
    found = Comment.objects.filter(parent=comment).listed().for_list() if order == "replies" else listed(thread)
    rows = found.order_by(by, "-pk" if by.startswith("-") else "pk")[:21]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # few rows are sorted for choice, many must not be
            for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = rows.explain()
    assert "Sort" not in plan and "TEMP B-TREE" not in plan, plan


def test_staff_close_a_thread_with_a_summary(cast: Cast, thread: Thread, client: Client) -> None:
    discussion.public(cast, thread, cast.resident2)
    waiting = discussion.written(thread, cast.resident)
    desk = logged_in(cast.moderator)
    assert Proposal.objects.get().title in desk.get(reverse("threads_admin:index")).content.decode()
    url = reverse("threads_admin:detail", args=[thread.pk])
    assert "还有 1 条发言等待审核" in desk.get(url).content.decode()
    services.publish_comment(comment=waiting, by=cast.moderator)
    assert "等待审核，请先审核" not in desk.get(url).content.decode()
    assert desk.post(url, {"step": "close", "summary-summary": ""}).status_code == 422
    early = desk.post(url, {"step": "day", "day-closes_on": "2020-01-01"})
    assert early.status_code == 422 and "不能早于今天" in early.content.decode()
    assert desk.post(url, {"step": "close", "summary-summary": "多数赞成。"}).status_code == 302
    assert "多数赞成。" in client.get(thread.get_absolute_url()).content.decode()
    assert "多数赞成。" in client.get(Proposal.objects.get().get_absolute_url()).content.decode()
    assert logged_in(cast.resident2).get(url).status_code in (302, 403, 404)


@pytest.mark.parametrize("key", ["9" * 30, "²", "%00", "x"])
def test_an_address_with_a_key_that_no_row_can_have_is_not_found(cast: Cast, key: str) -> None:
    client = logged_in(cast.resident)
    assert client.get(f"/follow/?kind=thread&key={key}").status_code == 404
    assert client.get(f"/report/comment/{key}/").status_code == 404
    assert client.get(f"/report/thread_summary/{key}/").status_code == 404


def typed_into(client: Client, url: str, text: str) -> dict[str, str]:
    """What a page opened now would send later."""
    page = client.get(url, follow=True).content.decode()
    age = re.search(r'name="form_age" value="([^"]+)"', page)
    assert age
    return {"text": text, "capacity": "resident", "form_key": form_key(page), "form_age": age[1]}


def test_what_was_typed_while_the_thread_was_closed_can_be_copied(cast: Cast, thread: Thread) -> None:
    top = discussion.public(cast, thread, cast.resident2)
    mine, url = logged_in(cast.resident), reverse("discussion:write", args=[thread.pk])
    reply = reverse("discussion:reply", args=[top.pk])
    comment_typed, reply_typed = typed_into(mine, url, "写了半小时的意见"), typed_into(mine, reply, "写了半小时的回复")
    services.close_thread(thread=thread, by=cast.moderator, summary="小结")
    answers = [mine.post(url, comment_typed), mine.post(reply, reply_typed)]
    assert [each.status_code for each in answers] == [422, 422]
    assert "写了半小时的意见" in answers[0].content.decode() and "写了半小时的回复" in answers[1].content.decode()
    assert Comment.objects.count() == 1


def test_an_answer_to_words_hidden_meanwhile_can_be_copied_and_shows_nothing_of_them(
    cast: Cast, thread: Thread
) -> None:
    top = discussion.public(cast, thread, cast.resident2, "金丝雀")
    mine, reply = logged_in(cast.resident), reverse("discussion:reply", args=[top.pk])
    typed = typed_into(mine, reply, "写了半小时的回复")
    services.hide_comment(comment=top, by=cast.moderator, reason="不实")
    page = mine.post(reply, typed).content.decode()
    assert "写了半小时的回复" in page and "没有发表" in page and "金丝雀" not in page
    assert mine.get(reply).url == thread.get_absolute_url()
    waiting = discussion.written(thread, cast.resident2, "还没有公开")
    assert mine.get(reverse("discussion:reply", args=[waiting.pk])).status_code == 404


def test_an_edit_that_comes_too_late_stays_on_the_page(cast: Cast, thread: Thread, settings: Any) -> None:
    comment = discussion.public(cast, thread, cast.resident2)
    settings.COMMENT_EDIT_MINUTES = -1
    answer = logged_in(cast.resident2).post(reverse("discussion:edit", args=[comment.pk]), {"text": "改了很久的话"})
    assert answer.status_code == 422
    assert "改了很久的话" in answer.content.decode() and "修改时间已过" in answer.content.decode()


def test_nothing_is_edited_or_resubmitted_where_comments_are_closed(cast: Cast, thread: Thread) -> None:
    from participation.moderation.services import close_comments

    returned = discussion.written(thread, cast.resident2)
    services.return_comment(comment=returned, by=cast.moderator, reason="请写具体位置。")
    public = discussion.public(cast, thread, cast.resident2)
    close_comments(by=cast.director, notice="停评三天", division=thread.division)
    mine = logged_in(cast.resident2)
    for name, comment in (("amend", returned), ("edit", public)):
        answer = mine.post(reverse(f"discussion:{name}", args=[comment.pk]), {"text": "改后的话"})
        assert answer.status_code == 422
        assert "停评三天" in answer.content.decode() and "改后的话" in answer.content.decode()
    assert reverse("discussion:edit", args=[public.pk]) not in mine.get(thread.get_absolute_url()).content.decode()


def test_the_receipt_of_a_waiting_reply_stands_at_the_head_of_the_thread(cast: Cast, thread: Thread) -> None:
    top = discussion.public(cast, thread, cast.resident2)
    mine = logged_in(cast.resident)
    answer = post_comment(mine, reverse("discussion:reply", args=[top.pk]), "我的回复还在等")
    assert answer.url == thread.get_absolute_url()  # an anchor would scroll past the message
    page = mine.get(answer.url).content.decode()
    assert "审核以后公开" in page and "我的回复还在等" in page
