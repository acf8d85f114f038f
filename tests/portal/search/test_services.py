"""What is found equals what holds the words, on whichever database the suite runs on."""

import random
import re
from itertools import pairwise

import pytest
from django.db import connection
from modelsearch.backends import get_search_backend
from wagtail.documents import get_document_model

from portal.hanzi.rules import fold
from portal.search import services
from portal.search.services import matches, matching, search

from .conftest import corpus

WORDS = """
电梯 加装电梯 梯 电 路灯 灯路 A2区 a2区 Ａ２区 2区 5G基站 5g G基站 㮾 㮾梨 㮾梨街道 育塅乡 塅 12345 123
345热 二〇二六 〇 增设 無障礙 无障碍坡道 abc大厦 Ｂ座 cafe café旁 𠮷祥 𠮷 路灯路 老旧小区加装电梯的建议
6号线 号 不存在的词 业委会换届 暖气改造管道 电,梯 改造、管道 “业委会” 业委会”换届 望春门街道：垃圾 AND OR
NOT 梯* (电梯 电梯) title:电梯 a-2 '电梯' \\电梯 电梯:* 电梯|路灯 !电梯 %电梯% {电梯} ^电梯
"""
CHOSEN = [*WORDS.split(), "小区 电梯", "电梯 小区 A2区", "老旧 加装", "NEAR(电 梯)", "电梯\x00"]


def queries() -> list[str]:
    chance = random.Random(11)
    texts = [text for row in corpus() for text in row if len(text) > 2]
    cut = []
    while len(cut) < 60:
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        cut.append(text[start : start + chance.choice([1, 1, 2, 2, 3, 4, 8])])
    return CHOSEN + [query for query in cut if re.search(r"[^\W_]", query)]


def runs(text: str) -> str:
    return "\x1f".join(re.findall(r"[^\W_]+", fold(text)))


def truth(documents, query: str) -> set[int]:
    words = [runs(word) for word in fold(query).split() if runs(word)]
    return {
        document.pk
        for document, title, body in documents
        if words and all(word in runs(title) or word in runs(body) for word in words)
    }


@pytest.mark.parametrize("narrow", [1000, 0], ids=["few hits named", "each row tested"])
def test_results_equal_the_substring_truth(documents, monkeypatch, narrow: int) -> None:
    monkeypatch.setattr(services, "NARROW", narrow)
    model = get_document_model()
    assert len(queries()) >= 110
    wrong = {}
    for query in queries():
        expected = truth(documents, query)
        found = set(matching(model.objects.all(), query).values_list("pk", flat=True))
        if found != expected or matches(model.objects.all(), query).count() != len(expected):
            wrong[query] = (found, expected)
    assert wrong == {}


def test_wagtails_own_search_finds_the_same(documents) -> None:
    model = get_document_model()
    wrong = {}
    for query in queries():
        found = {document.pk for document in get_search_backend().search(query, model)}
        if found != truth(documents, query):
            wrong[query] = (found, truth(documents, query))
    assert wrong == {}


@pytest.mark.parametrize(
    "query", ["", " ", '"', '""', "“”", "，。！", "\u3000", "\u200b", "*", "--", "\x00", "_" * 200]
)
def test_a_query_without_letters_or_digits_matches_nothing(documents, query: str) -> None:
    model = get_document_model()
    assert list(matching(model.objects.all(), query)) == []
    assert list(get_search_backend().search(query, model)) == []
    assert matches(model.objects.all(), query).count() == 0


@pytest.mark.parametrize("narrow", [1000, 0])
def test_the_result_is_an_ordinary_queryset_for_keyset_paging(documents, monkeypatch, narrow: int) -> None:
    monkeypatch.setattr(services, "NARROW", narrow)
    model = get_document_model()
    everything = sorted(truth(documents, "电"), reverse=True)
    found, last = [], 10**9
    while page := list(matching(model.objects.filter(pk__lt=last), "电").order_by("-pk")[:20]):
        found += [document.pk for document in page]
        last = page[-1].pk
    assert found == everything
    assert all(before > after for before, after in pairwise(found))
    odd = matching(model.objects.all(), "电").filter(title__startswith="电").order_by("-pk")
    assert [d.pk for d in odd] == [pk for pk in everything if pk in set(odd.values_list("pk", flat=True))]


# SQLite counts before it fetches; PostgreSQL adds four short statements that choose the plan within a savepoint.
NUMBERS = [(1000, 6), (0, 6)] if connection.vendor == "postgresql" else [(1000, 3), (0, 2)]


@pytest.mark.parametrize(("narrow", "number"), NUMBERS)
def test_the_number_of_queries_does_not_depend_on_the_hits(
    documents, monkeypatch, django_assert_num_queries, narrow: int, number: int
) -> None:
    monkeypatch.setattr(services, "NARROW", narrow)
    model = get_document_model()
    list(matching(model.objects.all(), "电"))  # content types are cached from here on
    for query in ["电", "㮾梨", "路灯"]:
        with django_assert_num_queries(number):
            list(matching(model.objects.all(), query)[:20])


def test_the_count_stops_at_its_limit(documents, monkeypatch) -> None:
    model = get_document_model()
    hits = len(truth(documents, "电"))
    assert hits > 50
    for narrow in (1000, 0):
        monkeypatch.setattr(services, "NARROW", narrow)
        found = matches(model.objects.all(), "电")
        assert (found.count(limit=hits), found.count(limit=50)) == (hits, 51)


def test_order_by_relevance_finds_the_same_rows_once(documents) -> None:
    model = get_document_model()
    found = [document.pk for document in search(model.objects.all(), "路灯", order="relevance")]
    assert sorted(found) == sorted(truth(documents, "路灯"))


def test_saving_and_deleting_keep_the_index_true(documents) -> None:
    model = get_document_model()
    document, *_ = documents[0]
    document.title = "鹅卵石步道"
    document.save()
    assert list(matching(model.objects.all(), "鹅卵石")) == [document]
    assert document not in matching(model.objects.all(), "加装电梯")
    document.delete()
    assert list(matching(model.objects.all(), "鹅卵石")) == []


def test_a_very_long_text_and_a_very_long_query_do_no_harm(documents) -> None:
    model = get_document_model()
    document, *_ = documents[0]
    document.title = "长" * 200
    document.save()
    assert list(matching(model.objects.all(), "长" * 5000)) == [document]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the combined index is PostgreSQL's")
@pytest.mark.django_db
def test_the_combined_index_exists_and_serves_the_query() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT object_id FROM wagtailsearch_indexentry WHERE (title || body) @@ '(''电梯'')'::tsquery"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "search_title_and_body_gin" in plan
