"""The public list and the page of one proposal: what it shows, to whom, at what cost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from participation.proposals import services
from participation.proposals.models import Proposal
from participation.proposals.states import PUBLIC, State
from participation.proposals.views.reading import steps_of
from portal.accounts.models import User
from portal.jurisdictions.services.terms import add_terms_period
from portal.jurisdictions.terms.presets import StatedValue
from tests.factories.proposals import BODY, imported, in_state, other_subdistrict, published, subdistrict, submitted

from .writing import errors_of, text_of

pytestmark = pytest.mark.django_db
LIST = "/proposals/"
SECRET = "张三丰家里漏水三年没人管这是秘密"


def titles(answer) -> list[str]:
    return [row.title for row in answer.context["page"]]


@pytest.fixture
def three(cast):
    """Public ones that differ in every filter; the last is the newest."""
    first = published(cast.resident, cast.moderator, title="路灯坏了", category_group="utilities")
    second = published(
        cast.resident2, cast.moderator, title="公交改线", body="9路公交改线以后看病不方便，K9路也停了。",
        category_group="roads", division=other_subdistrict(),
    )  # fmt: skip
    third = services.start_screening(
        proposal=published(cast.resident, cast.moderator, title="加装电梯", body="老楼能不能加装电梯？"),
        by=cast.committee,
    )
    now = timezone.now()
    for days, row in enumerate((third, second, first)):
        Proposal.objects.filter(pk=row.pk).update(published_at=now - timedelta(days=days * 10))
    services.support_proposal(proposal=second, user=cast.resident)
    return first, second, third


# --- The list -------------------------------------------------------------------------------------------------
def test_newest_first_and_most_supported(three, client):
    assert titles(client.get(LIST)) == ["加装电梯", "公交改线", "路灯坏了"]
    assert titles(client.get(LIST, {"order": "supported"})) == ["公交改线", "加装电梯", "路灯坏了"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"division": "430381001000"}, ["加装电梯", "路灯坏了"]),
        ({"division": "430381000000"}, ["加装电梯", "公交改线", "路灯坏了"]),
        ({"category": "roads"}, ["公交改线"]),
        ({"state": "screening"}, ["加装电梯"]),
        ({"state": "published", "category": "utilities"}, ["路灯坏了"]),
        ({"q": "电梯"}, ["加装电梯"]),
        ({"q": "灯"}, ["路灯坏了"]),
        ({"q": "K9"}, ["公交改线"]),
        ({"q": "ｋ９路"}, ["公交改线"]),
        ({"q": "公交 看病"}, ["公交改线"]),
        ({"q": "没有这样的事"}, []),
        ({"q": "???"}, []),
    ],
)
def test_filters_and_search(three, client, query, found):
    answer = client.get(LIST, query)
    assert (answer.status_code, titles(answer)) == (200, found)


def test_the_period_includes_both_days(three, client):
    day = timezone.localdate(three[1].published_at)
    days = [(timezone.localdate(row.published_at), row.title) for row in Proposal.objects.all()]
    for day, title in days:
        assert titles(client.get(LIST, {"since": day, "until": day})) == [title]


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ({"division": "000000000000"}, "division", "没有这个区划，请从列表中选择"),
        ({"division": "\x00"}, "division", None),
        ({"division": "'; DROP TABLE"}, "division", "没有这个区划，请从列表中选择"),
        ({"category": "nonsense"}, "category", None),
        ({"category": "discipline"}, "category", None),
        ({"state": "draft"}, "state", None),
        ({"state": "rejected"}, "state", None),
        ({"since": "昨天"}, "since", "请填写日期，例如 2026-03-10"),
        ({"since": "0001-01-01"}, "since", "请填写1990年到2100年之间的日期"),
        ({"until": "9999-12-31"}, "until", "请填写1990年到2100年之间的日期"),
        ({"since": "2026-03-10", "until": "2026-03-09"}, "until", "结束日期早于开始日期"),
        ({"order": "random"}, "order", None),
        ({"q": "长" * 61}, "q", None),
    ],
)
def test_a_wrong_filter_is_an_error_by_its_field_and_lists_nothing_as_its_answer(three, client, query, field, message):
    answer = client.get(LIST, query)
    assert (answer.status_code, list(errors_of(answer)), titles(answer)) == (
        200,
        [field],
        [],
    )
    assert message is None or errors_of(answer) == {field: [message]}
    assert "has invalid" not in text_of(answer) and "Select a valid" not in text_of(answer)


@pytest.mark.parametrize("cursor", ["x", "\x00", "eyJ.a.b", "9" * 3000])
def test_a_forged_cursor_gives_the_first_page(three, client, cursor):
    assert titles(client.get(LIST, {"cursor": cursor})) == ["加装电梯", "公交改线", "路灯坏了"]


def test_unknown_parameters_filter_nothing(three, client):
    assert len(titles(client.get(LIST, {"author": "1", "is_confidential": "0", "review__original_body": "x"}))) == 3


def make_many(cast, count: int) -> None:
    for n in range(count):
        published(cast.resident, cast.moderator, title=f"第{n}件")


@pytest.mark.parametrize("count", [1, 3, 20])
def test_the_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    cast, client, django_assert_num_queries, count
):
    make_many(cast, count)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(titles(client.get(LIST))) == count


LIST_QUERIES = 9  # four are the navigation's; with the page cache on they are asked once after a change


def test_paging_by_keyset_shows_every_row_once_while_new_ones_arrive(cast, client):
    make_many(cast, 23)
    first = client.get(LIST)
    published(cast.resident, cast.moderator, title="后来的")
    second = client.get(LIST, {"cursor": first.context["page"].next})
    seen = titles(first) + titles(second)
    assert (len(titles(first)), len(seen), len(set(seen)), "后来的" in seen) == (20, 23, 23, False)


def test_search_hits_are_marked_and_markup_in_a_text_is_not(cast, client):
    published(cast.resident, cast.moderator, title="路灯<b>坏了</b>", body="路灯<script>alert(1)</script>坏了")
    page = client.get(LIST, {"q": "路灯"}).content.decode()
    assert page.count("<mark>路灯</mark>") == 2
    assert ("<script>alert" in page, "<b>坏" in page) == (False, False)
    assert "&lt;" in client.get(LIST, {"q": '"><script>'}).content.decode()


def test_an_empty_list_says_what_will_be_here(cast, client):
    assert "还没有公开的建议" in text_of(client.get(LIST))
    assert "没有符合条件的建议" in text_of(client.get(LIST, {"q": "电梯"}))


def test_only_public_states_are_listed(cast, client):
    rows = {state: in_state(state, cast) for state in State if state != State.DRAFT}
    listed = {row.number for row in client.get(LIST).context["page"]}
    expected = {row.number for state, row in rows.items() if state in PUBLIC}
    assert (expected - listed, {rows[s].number for s in State if s not in PUBLIC and s != State.DRAFT} & listed) == (
        set(),
        set(),
    )


# --- 保密件 ----------------------------------------------------------------------------------------------------
def test_a_confidential_one_is_listed_without_title_text_or_author_and_found_by_no_search(cast, client):
    row = published(cast.resident, cast.moderator, title=SECRET[:10], body=SECRET, name="张三丰", is_confidential=True)
    listed = client.get(LIST)
    assert [r.number for r in listed.context["page"]] == [row.number]
    assert "保密件" in text_of(listed)
    pages = [
        listed, client.get(row.get_absolute_url()), client.get(LIST, {"q": "漏水"}),
        client.get("/search/", {"q": "漏水"}),
        client.get("/"), client.get(f"/search/?q={row.number}", follow=True), client.get(LIST, {"q": row.number}),
    ]  # fmt: skip
    for answer in pages:
        page = answer.content.decode()
        assert [word in page for word in (SECRET, SECRET[:10], "张三", "居民 张", "<mark>")] == [False] * 5
    assert list(client.get(LIST, {"q": "漏水"}).context["page"]) == []
    for user, sees in ((cast.resident, True), (cast.moderator, True), (cast.resident2, False), (cast.editor, False)):
        client.force_login(user)
        assert (SECRET in client.get(row.get_absolute_url()).content.decode()) is sees


def test_a_confidential_one_takes_no_supports(cast, client):
    row = published(cast.resident, cast.moderator, is_confidential=True)
    client.force_login(cast.resident2)
    client.post(f"{row.get_absolute_url()}support/", {"do": "support"})
    row.refresh_from_db()
    assert row.support_count == 0
    page = client.get(row.get_absolute_url(), follow=True).content.decode()
    assert ("位居民附议" in page, "我附议" in page) == (False, False)


# --- One proposal ---------------------------------------------------------------------------------------------
def test_what_is_not_public_is_404_for_others_and_open_to_its_author_and_staff(cast):
    row = submitted(cast.resident)
    statuses = {}
    for name in ("resident", "resident2", "moderator", "editor", "unit", "community"):
        client = Client()
        client.force_login(cast[name])
        statuses[name] = client.get(row.get_absolute_url()).status_code
    assert Client().get(row.get_absolute_url()).status_code == 404
    assert statuses == {
        "resident": 200, "resident2": 404, "moderator": 200, "editor": 404, "unit": 404, "community": 404,
    }  # fmt: skip


@pytest.mark.parametrize("number", ["JY-000000000-2026-000001", "x", "%00", "JY-430381001-2026-", "9" * 400])
def test_a_number_that_is_none_is_404(cast, client, number):
    assert client.get(f"/proposals/{number}/").status_code == 404


def test_a_number_in_small_letters_leads_to_the_page(cast, client):
    row = published(cast.resident, cast.moderator)
    assert client.get(f"/proposals/{row.number.lower()}/")["Location"] == row.get_absolute_url()


def test_a_hidden_one_shows_no_text(cast, client):
    row = published(cast.resident, cast.moderator, title="说了别人坏话", body="某某某的电话和住址是这样的")
    services.hide_proposal(proposal=row, by=cast.moderator, reason="侵犯他人隐私")
    for answer in (client.get(LIST), client.get(LIST, {"q": "某某某"}), client.get(row.get_absolute_url())):
        assert ("某某某的电话" in answer.content.decode(), "说了别人坏话" in answer.content.decode()) == (False, False)


@pytest.mark.parametrize("state", [s for s in State if s != State.DRAFT])
def test_every_state_has_a_page_for_its_holder_in_words(cast, client, state):
    row = in_state(state, cast)
    client.force_login(cast.moderator)
    shown = text_of(client.get(row.get_absolute_url()))
    assert str(row.get_state_display()) in shown
    assert "None" not in shown


def test_personal_data_in_the_text_is_masked_for_the_public_and_open_to_the_author(cast, client):
    row = published(cast.resident, cast.moderator, body="路灯坏了，请打13812345678联系张先生，路灯在三眼井。")
    page = client.get(row.get_absolute_url()).content.decode()
    assert ("13812345678" in page, "已隐去个人信息" in page, "13812345678" in client.get(LIST).content.decode()) == (
        False, True, False,
    )  # fmt: skip
    client.force_login(cast.resident)
    assert "13812345678" in client.get(row.get_absolute_url()).content.decode()


def test_the_public_page_names_neither_reviewer_nor_full_name(cast, client):
    row = published(cast.resident, cast.moderator, name="张建国")
    page = client.get(row.get_absolute_url()).content.decode()
    assert ("张建国" in page, cast.moderator.real_name in page, "居民 张**" in page) == (False, False, True)


def test_the_promise_is_shown_with_its_reason_and_never_called_legal(cast, client):
    row = published(cast.resident, cast.moderator)
    assert "承诺" not in text_of(client.get(row.get_absolute_url())).replace("附议、关注和时限", "")
    add_terms_period(
        division=row.division,
        starts_on=timezone.localdate(),
        values={"resident_promise_days": StatedValue(30)},
        reason="示例",
    )
    shown = text_of(client.get(row.get_absolute_url()))
    assert [words in shown for words in ("本站承诺办理时限", "为什么是这一天？", "不是法定期限", "超期")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_source_figures_of_an_import_are_shown_apart_from_supports(cast, client):
    row = imported(is_public=True, reply="已经修好。", supports=12, opposes=3)
    shown = text_of(client.get(row.get_absolute_url()))
    assert [
        words in shown for words in ("来源平台点赞 12", "反对 3", "不计入本站附议", "0 位居民附议", "已经修好。")
    ] == [True] * 5


def test_the_page_of_one_asks_few_questions(cast, client, django_assert_max_num_queries):
    row = published(cast.resident, cast.moderator)
    client.get(row.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(row.get_absolute_url())


# --- 附议 ------------------------------------------------------------------------------------------------------
def test_a_support_is_one_row_however_often_it_is_pressed(cast, client):
    row = published(cast.resident, cast.moderator)
    client.force_login(cast.resident2)
    for _ in range(3):
        assert client.post(f"{row.get_absolute_url()}support/", {"do": "support"})["Location"].endswith("#support")
    row.refresh_from_db()
    assert (row.support_count, row.supports.count()) == (1, 1)
    assert "您已附议" in text_of(client.get(row.get_absolute_url()))
    for _ in range(2):
        client.post(f"{row.get_absolute_url()}support/", {"do": "withdraw"})
    row.refresh_from_db()
    assert (row.support_count, row.supports.count()) == (0, 0)


def test_who_may_not_support(cast, client):
    row = published(cast.resident, cast.moderator)
    address = f"{row.get_absolute_url()}support/"
    assert client.post(address)["Location"] == f"/accounts/login/?next={row.get_absolute_url()}"
    assert client.get(address).status_code == 405
    client.force_login(cast.resident)
    assert "附议留给其他居民" in text_of(client.post(address, {"do": "support"}, follow=True))
    row.refresh_from_db()
    assert row.support_count == 0
    assert Client().post("/proposals/JY-430381001-2026-999999/support/").status_code == 404


def test_an_unpublished_one_cannot_be_supported(cast, client):
    row = submitted(cast.resident)
    client.force_login(cast.resident2)
    assert client.post(f"{row.get_absolute_url()}support/", {"do": "support"}).status_code == 404


def test_an_unverified_person_is_led_to_verify_and_back(cast, client):
    row = published(cast.resident, cast.moderator)
    client.force_login(User.objects.create_user(username="r-1", email="a@example.org"))
    answer = client.post(f"{row.get_absolute_url()}support/", {"do": "support"})
    assert answer["Location"].startswith("/accounts/phone/change/?next=%2Fproposals%2FJY")


# --- Site search ----------------------------------------------------------------------------------------------
def test_site_search_finds_words_and_numbers(three, client):
    assert [row.title for row in client.get("/search/", {"q": "电梯", "kind": "proposal"}).context["page"]] == [
        "加装电梯"
    ]
    assert client.get("/search/", {"q": three[0].number})["Location"] == three[0].get_absolute_url()
    assert "没有找到" in text_of(client.get("/search/", {"q": "不存在的词"}))
    assert client.get("/search/", {"q": "长" * 61}).status_code == 200
    assert client.get("/search/", {"q": "\x00"}).status_code == 200


def test_division_of_a_page_is_only_what_the_address_says(three, client):
    client.cookies["division"] = "430381001000"
    assert len(titles(client.get(LIST))) == 3


def test_body_of_the_factory_is_public_text(cast, client):
    row = published(cast.resident, cast.moderator)
    assert BODY[:20] in text_of(client.get(row.get_absolute_url()))
    assert subdistrict().name in text_of(client.get(row.get_absolute_url()))


def test_each_condition_in_force_is_named_and_can_be_taken_away_and_the_panel_is_folded(cast, client):
    published(cast.resident, cast.moderator, title="路灯")
    answer = client.get(LIST, {"q": "路灯", "state": "published", "order": "supported", "cursor": "x"})
    assert [(each["label"], each["value"], each["url"]) for each in answer.context["active"]] == [
        ("关键词", "路灯", f"{LIST}?state=published&order=supported"),
        ("状态", "已公开", f"{LIST}?q=%E8%B7%AF%E7%81%AF&order=supported"),
    ]
    fold = re.compile(r'<details class="filters__fold"( open)?')
    pages = (answer, client.get(LIST), client.get(LIST, {"since": "abc"}))
    assert [fold.search(page.content.decode())[1] for page in pages] == [None, None, " open"]


def test_what_was_merged_ended_where_it_stood(cast, client):
    steps = {}
    rows = {"before": submitted(cast.resident), "after": published(cast.resident, cast.moderator)}
    for name, row in rows.items():
        target = published(cast.resident2, cast.moderator)
        merged = services.merge_proposal(proposal=row, by=cast.moderator, target=target, reason="")
        steps[name] = [step["state"] for step in steps_of(merged)]
    assert steps == {"before": ["stopped", "todo", "todo", "todo"], "after": ["done", "stopped", "todo", "todo"]}
