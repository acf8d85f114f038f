"""Columns and articles: constant queries, real dates, and proposals that know what was written about them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import DocumentIndexPage, NewsProposal, PortalDocument
from home.selectors import freshness_board, latest_news
from tests.conftest import Cast
from tests.factories.pages import column, home_page, news
from tests.factories.proposals import published
from tests.home.test_workflow import ELSEWHERE, division


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def article(text: str) -> str:
    return text[text.index('<main id="main"') : text.index("</main>")]


def test_a_column_costs_the_same_with_one_and_with_many(client: Client, cast: Cast) -> None:
    parent = column()
    news(parent, division(), slug="n0")
    client.get(parent.url)
    first = queries(client, parent.url)
    for number in range(1, 25):
        where = division(ELSEWHERE if number % 2 else "430381001000")
        news(parent, where, slug=f"n{number}", published_at=timezone.now() - timedelta(days=number))
    assert queries(client, parent.url) == first


def test_an_article_costs_the_same_with_one_and_with_three_proposals(client: Client, cast: Cast) -> None:
    page = news(column(), division())
    rows = [published(cast.resident, cast.moderator, body=f"第{number}处路灯坏了两个月。") for number in range(3)]
    NewsProposal.objects.create(page=page, proposal=rows[0])
    client.get(page.url)
    first = queries(client, page.url)
    for row in rows[1:]:
        NewsProposal.objects.create(page=page, proposal=row)
    assert queries(client, page.url) == first


def test_newest_first_page_by_page_and_narrowed_by_division(client: Client, cast: Cast) -> None:
    parent = column()
    for number in range(23):
        where = division() if number else division(ELSEWHERE)
        at = timezone.now() - timedelta(days=number)
        news(parent, where, slug=f"n{number}", title=f"第{number:02d}篇", published_at=at)
    news(parent, division(), slug="draft", title="草稿", live=False)
    first = article(client.get(parent.url).content.decode())
    assert [f"第{number:02d}篇" in first for number in (0, 19, 20)] == [True, True, False]
    assert "草稿" not in first
    page = client.get(parent.url).context["news"]
    second = article(client.get(parent.url, {"cursor": page.next}).content.decode())
    assert [f"第{number:02d}篇" in second for number in (19, 20, 22)] == [False, True, True]
    narrowed = article(client.get(parent.url, {"division": ELSEWHERE}).content.decode())
    assert ("第00篇" in narrowed, "第01篇" in narrowed) == (True, False)
    assert client.get(parent.url, {"cursor": "forged", "division": "nowhere"}).status_code == 200


def test_a_proposal_lists_the_news_about_it_and_only_public_ones(client: Client, cast: Cast) -> None:
    parent, proposal = column(), published(cast.resident, cast.moderator)
    told, draft = news(parent, title="电梯装好了"), news(parent, title="没发布的", slug="draft", live=False)
    for page in (told, draft):
        NewsProposal.objects.create(page=page, proposal=proposal)
    text = article(client.get(proposal.get_absolute_url()).content.decode())
    assert ("电梯装好了" in text, "没发布的" in text) == (True, False)
    assert (
        proposal.number in article(client.get(told.url).content.decode())
        or "路灯" in client.get(told.url).content.decode()
    )


def test_the_home_page_shows_columns_by_kind_and_hides_what_is_empty(client: Client, cast: Cast) -> None:
    text = article(client.get("/").content.decode())
    assert [
        title for title in ("公示公告</h2>", "动态</h2>", "说到做到</h2>", "正在征求附议</h2>") if title in text
    ] == []
    news(column(), title="一条动态")
    news(column("公告", "notice-board", kind="notice"), title="一条公告")
    text = article(client.get("/").content.decode())
    assert [title for title in ("一条动态", "一条公告") if title not in text] == []
    found = latest_news("news", "notice")
    assert found is not None
    assert sorted(page.title for page in found.news) == ["一条公告", "一条动态"]


def test_news_of_another_subdistrict_stays_out_of_the_chosen_one(cast: Cast) -> None:
    parent = column()
    for code, title in (("430381001000", "这里"), (ELSEWHERE, "那里"), ("430381000000", "全市")):
        news(parent, division(code), title=title, slug=f"n{code}")
    news(parent, None, title="全站", slug="all")
    found = latest_news("news", division=division())
    assert found is not None
    assert sorted(page.title for page in found.news) == ["全市", "全站", "这里"]


def test_the_board_counts_each_column_by_its_own_limit(cast: Cast) -> None:
    now = timezone.now()
    lively, quiet = column(), column("通知", "notice-board", kind="notice")
    news(lively, published_at=now - timedelta(days=20))
    news(quiet, published_at=now - timedelta(days=20), slug="q")
    news(quiet, slug="draft", live=False)
    board = freshness_board(timezone.localdate())
    states = {row.title: (row.count, row.freshness.days, row.freshness.state) for row in board.columns}
    assert {title: states[title] for title in ("议事动态", "通知", "政策法规")} == {
        "议事动态": states["议事动态"],
        "通知": (1, 20, "fresh"),
        "政策法规": (0, None, "empty"),
    }
    assert board.home.freshness.state == "overdue"
    assert (board.count("overdue"), board.count("empty")) == (1, 4)


def test_the_board_costs_the_same_however_many_columns(cast: Cast, django_assert_num_queries) -> None:
    for number in range(5):
        news(column(f"栏目{number}", f"column-{number}"), slug=f"n{number}")
    with django_assert_num_queries(3):
        freshness_board(timezone.localdate())


def test_the_library_lists_what_is_meant_for_it_by_kind(client: Client, cast: Cast) -> None:
    home_page().add_child(instance=DocumentIndexPage(title="文件库", slug="library"))
    from django.core.files.base import ContentFile

    for kind, is_listed in (("plan", True), ("funding", True), ("plan", False)):
        name = f"{kind}-{is_listed}"
        PortalDocument.objects.create(title=name, kind=kind, is_listed=is_listed, file=ContentFile(b"x", name="a.txt"))
    text = client.get("/library/").content.decode()
    assert [name in text for name in ("plan-True", "funding-True", "plan-False")] == [True, True, False]
    text = client.get("/library/", {"kind": "funding"}).content.decode()
    assert [name in text for name in ("plan-True", "funding-True")] == [False, True]


@pytest.mark.parametrize("name", ["editor", "moderator", "auditor", "clerk"])
def test_the_board_is_open_to_those_who_answer_for_content(client: Client, cast: Cast, name: str) -> None:
    client.force_login(cast[name])
    status = client.get("/admin/freshness/").status_code
    assert status == (302 if name == "clerk" else 200)
    home = client.get("/admin/").content.decode()
    assert ("freshness-title" in home) == (name != "clerk")
