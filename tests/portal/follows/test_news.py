"""Who follows a place, a category or a search hears of what is new there, once, and never of what is not public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.follows import services
from portal.follows.models import Follow
from portal.follows.selectors import searches_met_by
from portal.follows.services import TooMany, follow, queue_news
from portal.outbox.models import Delivery, Message
from portal.search.text import queries_met_by


def people(django_user_model, *names):
    return [django_user_model.objects.create_user(name, f"{name}@b.cn", "x" * 12) for name in names]


def tell(topics=(("division", "430103"), ("category", "roads")), words="路灯坏了", **given):
    given = {"event": "thing:1:published", "title": "新公开", "subject_kind": "thing", "subject_key": "1"} | given
    return queue_news(topics=topics, words=words, **given)


def test_who_follows_the_place_the_category_or_the_words_hears_once(db, django_user_model):
    resident, member, deputy, clerk = people(django_user_model, "resident", "member", "deputy", "clerk")
    follow(user=resident, subject_kind="division", subject_key="430103")
    follow(user=resident, subject_kind="category", subject_key="roads")
    follow(user=resident, subject_kind="search", subject_key="路灯")
    follow(user=member, subject_kind="search", subject_key="路灯 坏")
    follow(user=deputy, subject_kind="search", subject_key="路灯 电梯")
    follow(user=clerk, subject_kind="division", subject_key="430104")
    assert [tell(), tell()] == [2, 0]
    assert sorted(Message.objects.values_list("recipient__username", "kind")) == [
        ("member", "followed_topic"),
        ("resident", "followed_topic"),
    ]


def test_news_come_as_a_summary_unless_one_of_the_follows_says_at_once(db, django_user_model):
    resident, member, deputy = people(django_user_model, "resident", "member", "deputy")
    follow(user=resident, subject_kind="division", subject_key="430103")
    follow(user=member, subject_kind="division", subject_key="430103")
    follow(user=member, subject_kind="category", subject_key="roads", frequency="immediate")
    follow(user=deputy, subject_kind="search", subject_key="路灯", frequency="none")
    assert tell() == 3
    outside = Delivery.objects.exclude(channel="site").values_list("message__recipient__username", "channel")
    assert sorted(outside) == [("member", "email"), ("resident", "digest")]


def test_who_may_not_see_it_hears_nothing(db, django_user_model, things):
    resident, member = people(django_user_model, "resident", "member")
    for user in (resident, member):
        follow(user=user, subject_kind="category", subject_key="roads")
    things["1"] = {member.pk}
    assert tell() == 1
    assert Message.objects.get().recipient == member


def test_who_was_told_as_the_author_hears_no_news_of_it(db, django_user_model):
    [resident] = people(django_user_model, "resident")
    follow(user=resident, subject_kind="category", subject_key="roads")
    letter = {"kind": "own", "subject_kind": "thing", "subject_key": "1", "title": "您的建议已公开"}
    services.queue_to_followers(event="thing:1:published", recipients=[resident], **letter)
    assert tell() == 0


def test_a_thousand_searches_cost_one_query(db, django_user_model):
    [resident] = people(django_user_model, "resident")
    Follow.objects.bulk_create(
        Follow(user=resident, subject_kind="search", subject_key=f"路灯 {n}" if n else "路灯") for n in range(1000)
    )
    with CaptureQueriesContext(connection) as queries:
        assert searches_met_by("新桥社区的路灯坏了") == [("search", "路灯")]
    assert len(queries) == 1


def test_nobody_follows_without_end(db, django_user_model, monkeypatch):
    [resident] = people(django_user_model, "resident")
    monkeypatch.setattr(services, "MOST", 2)
    for word in ("路灯", "电梯"):
        follow(user=resident, subject_kind="search", subject_key=word)
    with pytest.raises(TooMany):
        follow(user=resident, subject_kind="search", subject_key="垃圾")
    assert follow(user=resident, subject_kind="search", subject_key="路灯") is False


@pytest.mark.parametrize(
    ("query", "is_met"),
    [
        ("路灯", True),
        ("路灯 新桥", True),
        ("路灯 电梯", False),
        ("ＬＥＤ", True),
        ("灯路", False),
        ("，", False),
        ("", False),
    ],
)
def test_a_text_answers_a_query_when_every_word_stands_in_it(query, is_met):
    assert queries_met_by("新桥社区的路灯（LED）坏了", [query]) == [query] * is_met
