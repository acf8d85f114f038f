"""站内搜索: four kinds side by side, by division, the same queries whatever is found; suggestions while typing."""

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection

from home.adapters.passages import words_of
from home.models import PortalDocument, StandardPage
from participation.snaps.services import set_hidden
from portal.jurisdictions.models import Division
from tests.conftest import Cast
from tests.factories import snaps
from tests.factories.pages import PARAGRAPH, column, home_page, news
from tests.factories.proposals import other_subdistrict, published, subdistrict
from tests.factories.stations import station


def standing(title: str = "电梯资金怎么来", slug: str = "funds", division: Division | None = None) -> StandardPage:
    page = StandardPage(title=title, slug=slug, division=division, body=[PARAGRAPH])
    added: StandardPage = home_page().add_child(instance=page)
    return added


def document(title: str = "电梯加装办法", **values: Any) -> PortalDocument:
    row: PortalDocument = PortalDocument.objects.create(
        title=title, file=ContentFile(b"x", name="a.pdf"), is_listed=True, collection=Collection.get_first_root_node(),
        **values,
    )  # fmt: skip
    return row


@pytest.fixture
def one_of_each(cast: Cast) -> None:
    published(cast.resident, cast.moderator, title="加装电梯", body="老旧小区请加装电梯，老人上下楼不便。")
    news(column(), title="电梯加装进展", division=subdistrict())
    standing()
    document()


def tabs(html: str) -> list[str]:
    nav = html.split('class="search-tabs"')[1].split("</nav>")[0]
    return [f"{label.strip()}{total}" for label, total in re.findall(r'>([^<>]+)<span class="number">([^<]+)<', nav)]


def found(html: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<h3[^>]*><a [^>]*>(.*?)</a></h3>", html)]


@pytest.mark.django_db
@pytest.mark.usefixtures("one_of_each")
def test_every_kind_has_its_tab_and_section_with_the_words_marked(client: Client) -> None:
    html = client.get("/search/?q=电梯").content.decode()
    assert tabs(html) == ["建议1", "随手拍0", "文章1", "页面1", "人大代表0", "联络站0", "文件1"]
    assert found(html) == ["加装电梯", "电梯加装进展", "电梯资金怎么来", "电梯加装办法"]
    assert len(re.findall("<mark>电梯</mark>", html)) >= 4


@pytest.mark.django_db
@pytest.mark.usefixtures("one_of_each")
def test_a_tab_shows_one_kind_in_full(client: Client) -> None:
    assert found(client.get("/search/?q=电梯&kind=file").content.decode()) == ["电梯加装办法"]
    assert len(found(client.get("/search/?q=电梯&kind=made-up").content.decode())) == 4


@pytest.mark.django_db
@pytest.mark.usefixtures("one_of_each")
def test_the_division_narrows_every_kind(client: Client) -> None:
    here = client.get(f"/search/?q=电梯&division={subdistrict().code}").content.decode()
    assert found(here) == ["加装电梯", "电梯加装进展"]
    there = client.get(f"/search/?q=电梯&division={other_subdistrict().code}").content.decode()
    assert found(there) == []
    assert "搜全部区划" in there


def kept(html: str, part: str) -> list[str]:
    """The division that each address in this part of the page asks for."""
    return re.findall(r'[?&;]division=([^"&]*)', html.split(part)[1].split("</nav>")[0])


@pytest.mark.django_db
def test_the_chosen_division_stays_through_tabs_pages_and_suggestions(client: Client, cast: Cast) -> None:
    code, index = str(subdistrict().code), column()
    community = Division.objects.filter(parent=subdistrict()).first()
    published(cast.resident, cast.moderator, title="电梯在社区", community=community)
    for number in range(21):
        news(index, title=f"电梯动态{number}", slug=f"n{number}", division=subdistrict())
        news(index, title=f"电梯别处{number}", slug=f"e{number}", division=other_subdistrict())
        standing(f"电梯页面{number}", f"p{number}", other_subdistrict() if number else subdistrict())
    first = client.get(f"/search/?q=电梯&kind=news&division={code}").content.decode()
    assert kept(first, 'class="search-tabs"') == [code] * 8
    assert f'<input type="hidden" name="division" value="{code}">' in first
    assert f'data-suggestions="/search/suggestions/?division={code}"' in first
    assert tabs(first) == ["建议1", "随手拍0", "文章21", "页面1", "人大代表0", "联络站0", "文件0"]
    onward = re.search(r'href="(\?[^"]*cursor=[^"]*)"', first)
    assert onward is not None
    second = client.get("/search/" + onward[1].replace("&amp;", "&")).content.decode()
    titles = found(first) + found(second)
    assert (len(titles), [each for each in titles if "别处" in each]) == (21, [])
    assert kept(second, 'class="search-tabs"') == [code] * 8
    answer = client.get(f"/search/suggestions/?q=电梯&division={code}").json()
    assert {"电梯页面0", "电梯在社区"} <= {item["text"] for item in answer["items"]}
    assert [item["text"] for item in answer["items"] if "别处" in item["text"]] == []
    assert f"division={code}" in answer["all"]


@pytest.mark.django_db
def test_a_division_that_is_none_searches_everywhere(client: Client, cast: Cast) -> None:
    news(column(), title="电梯", division=other_subdistrict())
    assert found(client.get("/search/?q=电梯&division=000000000000").content.decode()) == ["电梯"]


@pytest.mark.django_db
def test_the_remembered_division_is_offered_and_never_applied(client: Client, cast: Cast) -> None:
    news(column(), title="电梯", division=other_subdistrict())
    client.cookies["division"] = subdistrict().code or ""
    html = client.get("/search/?q=电梯").content.decode()
    assert found(html) == ["电梯"]
    assert f"division={subdistrict().code}" in html


def summaries(html: str) -> list[str]:
    return re.findall(r'<p class="news-row__summary">(.*?)</p>', html)


@pytest.mark.django_db
def test_what_only_the_text_holds_is_shown_as_its_passage(client: Client, cast: Cast) -> None:
    index = column()
    table = {"type": "table", "value": {"caption": "安排", "rows": "日期 | 地点\n3月15日 | 望湖楼"}}
    words = {"type": "paragraph", "value": "<p>" + "开头的话。" * 60 + "会上说到<b>噪声</b>&lt;b&gt;监测。</p>"}
    news(index, slug="a", summary="摘要甲。", body=[words])
    news(index, slug="b", summary="摘要乙里有噪声。", body=[words])
    home_page().add_child(instance=StandardPage(title="时间地点", slug="when", summary="摘要丙。", body=[table]))
    shown = summaries(client.get("/search/?q=噪声").content.decode())
    assert shown[0] == "摘要乙里有<mark>噪声</mark>。"
    assert shown[1].endswith("会上说到<mark>噪声</mark>&lt;b&gt;监测。")
    assert summaries(client.get("/search/?q=望湖楼").content.decode())[0].endswith("<mark>望湖楼</mark>")
    assert summaries(client.get("/search/?q=议事会召开").content.decode()) == ["摘要乙里有噪声。", "摘要甲。"]


@pytest.mark.django_db
def test_the_passage_reads_every_kind_of_block_and_fetches_nothing(cast: Cast, django_assert_num_queries: Any) -> None:
    steps = {"title": "怎样报名", "steps": [{"title": "到社区领表", "text": "工作日都可以"}]}
    body = [
        {"type": "heading", "value": {"text": "一、情况", "level": "h2"}},
        PARAGRAPH,
        {
            "type": "picture",
            "value": {"image": {"image": 1, "alt_text": "会场", "decorative": False}, "caption": "图注"},
        },
        {"type": "document", "value": {"document": 1, "title": "名单"}},
        {"type": "steps", "value": steps},
        {"type": "proposals", "value": {"title": "相关建议", "proposals": [1]}},
        {"type": "long-gone", "value": "旧块"},
    ]
    page = news(column(), body=body)
    with django_assert_num_queries(0):
        words = words_of(page.body).split("\n")
    assert (
        " ".join(words) == "一、情况 会上听取了电梯加装进展。 会场 图注 名单 怎样报名 到社区领表 工作日都可以 相关建议"
    )


@pytest.mark.django_db
def test_nothing_found_says_what_one_can_do(client: Client, divisions: None) -> None:
    html = client.get("/search/?q=不存在的词").content.decode()
    assert ["没有找到" in html, "查进度" in html, "/proposals/new/" in html] == [True, True, True]


@pytest.mark.django_db
def test_what_is_not_public_is_not_found(client: Client, cast: Cast) -> None:
    news(column(), title="电梯草稿", live=False)
    published(cast.resident, cast.moderator, title="电梯保密", is_confidential=True)
    document(title="电梯附件").__class__.objects.update(is_listed=False)
    assert found(client.get("/search/?q=电梯").content.decode()) == []
    assert client.get("/search/suggestions/?q=电梯").json()["items"] == []


@pytest.mark.django_db
def test_one_or_three_of_each_cost_the_same_queries(client: Client, cast: Cast) -> None:
    index = column()
    counts = []
    for number in range(3):
        published(cast.resident, cast.moderator, title=f"电梯{number}")
        news(index, title=f"电梯动态{number}", division=subdistrict(), slug=f"n{number}")
        standing(f"电梯页面{number}", f"p{number}", subdistrict())
        document(f"电梯文件{number}")
        client.get("/search/?q=电梯")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/search/?q=电梯")
        counts.append(len(queries))
    assert counts[0] == counts[2]


@pytest.mark.django_db
@pytest.mark.usefixtures("one_of_each")
def test_suggestions_are_titles_that_hold_the_words(client: Client) -> None:
    answer = client.get("/search/suggestions/?q=电梯").json()
    assert [item["text"] for item in answer["items"]] == ["电梯资金怎么来", "电梯加装进展", "电梯加装办法", "加装电梯"]
    assert {item["kind"] for item in answer["items"]} == {"页面", "文章", "文件", "建议"}


@pytest.mark.django_db
def test_at_most_eight_are_suggested(client: Client, cast: Cast) -> None:
    index = column()
    for number in range(7):
        news(index, title=f"电梯动态{number}", slug=f"n{number}")
        published(cast.resident, cast.moderator, title=f"电梯{number}")
        document(f"电梯文件{number}")
    assert len(client.get("/search/suggestions/?q=电梯").json()["items"]) == 8


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", "  ", "!!", "%"])
def test_signs_suggest_nothing(client: Client, words: str) -> None:
    assert client.get("/search/suggestions/", {"q": words}).json() == {"items": []}


@pytest.mark.django_db
def test_who_asks_too_often_gets_none_for_a_while(client: Client, settings: Any) -> None:
    settings.GATE_LIMITS = settings.GATE_LIMITS | {"suggest_address": (2, 60)}
    assert [client.get(f"/search/suggestions/?q=灯{n}").status_code for n in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_a_station_is_found_by_its_name_and_its_address(client: Client, cast: Cast) -> None:
    page = station(subdistrict(), "望春门街道人大代表联络站", address="城正街1号（示例）")
    for words in ("人大代表联络站", "城正街"):
        response = client.get("/search/", {"q": words, "kind": "station"})
        assert [row.pk for row in response.context["page"]] == [page.pk]
        assert "联络站（主站） · 望春门街道" in response.content.decode()


@pytest.mark.django_db
def test_a_photo_report_is_found_by_its_words_and_opened_by_its_number_only_while_it_is_public(
    client: Client, cast: Cast
) -> None:
    shown, hidden, waiting = (snaps.reviewed(cast), snaps.reviewed(cast), snaps.captured(cast.deputy))
    set_hidden(snap=hidden, by=cast.moderator, is_hidden=True, reason="复核")
    html = client.get("/search/?q=路灯不亮&kind=snap").content.decode()
    assert ("随手拍1" in tabs(html), shown.get_absolute_url() in html, html.count("/snaps/SP-")) == (True, True, 1)
    answers = [client.get(f"/search/?q={row.number}") for row in (shown, hidden, waiting)]
    assert [answer.status_code for answer in answers] == [302, 200, 200]
    places = client.get("/sitemap-snaps.xml").content.decode()
    assert [row.number in places for row in (shown, hidden, waiting)] == [True, False, False]
