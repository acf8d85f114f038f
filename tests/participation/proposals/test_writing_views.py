"""Writing first, log-in last, nothing lost, one row (conventions 1–14)."""

import pytest
from django.core.signing import dumps

from participation.proposals.models import Draft, Proposal
from portal.accounts.models import User
from portal.gate.forms import AGE_SALT
from tests.portal.accounts.doors import last_code, signup_data

from .writing import BODY, PLACE, content, counts, errors_of, page, refused, text_of, words, write_to_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
SCOPE = "本平台收集意见建议，不替代12345热线和信访渠道；紧急情况请拨打110、119、120。"
OUTSIDE = "不属于本平台受理范围，请通过以下渠道反映"


# --- GET changes nothing --------------------------------------------------------------------------------------
def test_opening_any_page_stores_nothing(cast, client, django_assert_num_queries):
    write_to_check(client)
    before = (counts(), content(), Draft.objects.get().updated_at)
    for step in ("words", "place", "about", "person", "check"):
        assert client.get(page(step)).status_code == 200
        assert client.get(page(step) + "?from=check&change=1").status_code == 200
    assert client.get("/proposals/new/").status_code == 200
    assert client.get("/proposals/similar/?q=路灯坏了").status_code == 200
    assert (counts(), content(), Draft.objects.get().updated_at) == before


def test_an_incomplete_draft_leads_to_its_first_missing_page(cast, client):
    client.post("/proposals/new/", words())
    assert client.get(page("check"))["Location"] == page("place")


# --- The whole way --------------------------------------------------------------------------------------------
def test_a_visitor_writes_logs_in_by_code_and_submits(cast, client):
    write_to_check(client)
    assert "去登录（写的都已保存）" in text_of(client.get(page("check")))
    answer = client.post(page("check"))
    assert answer["Location"] == f"/accounts/login/?next={page('check')}"
    answer = client.post("/accounts/login/code/", {"door": "phone", "phone": "13800000001", "next": page("check")})
    answer = client.post(answer["Location"], {"code": last_code()})
    assert answer["Location"] == page("check")
    shown = text_of(client.get(page("check")))
    assert [piece in shown for piece in (BODY, "路灯坏了", "望春门街道", "水电气与通信", "居民 张**", "张建国")] == [
        True, True, True, True, True, False,
    ]  # fmt: skip
    answer = client.post(page("check"))
    row = Proposal.objects.get()
    assert answer["Location"] == f"/proposals/{row.number}/submitted/"
    assert (row.author, row.review.original_body, row.category_group) == (cast.resident, BODY, "utilities")
    assert counts() == (0, 1, 0)


def test_the_draft_survives_signing_up(cast, client):
    write_to_check(client)
    answer = client.post("/accounts/signup/", signup_data(phone="13911112222", next=page("check")))
    assert answer["Location"] == "/accounts/phone/verify/"
    answer = client.post("/accounts/phone/verify/", {"code": last_code()})
    assert answer["Location"] == page("check")
    client.post(page("check"))
    assert Proposal.objects.get().author == User.objects.with_phone("13911112222").get()


def log_in_unverified(client) -> User:
    """Came in through the e-mail door: no password, no phone."""
    person = User.objects.create_user(username="r-unverified", email="unverified@example.org")
    client.force_login(person)
    return person


def test_an_unverified_person_verifies_a_phone_and_comes_back(cast, client):
    person = log_in_unverified(client)
    write_to_check(client)
    answer = client.post(page("check"))
    assert answer["Location"] == f"/accounts/phone/change/?next={page('check').replace('/', '%2F')}"
    assert "验证手机号" in text_of(client.get(answer["Location"]))
    assert client.post("/accounts/phone/change/", {"phone": "13911113333"})["Location"] == "/accounts/phone/verify/"
    assert client.post("/accounts/phone/verify/", {"code": last_code()})["Location"] == "/accounts/phone/change/"
    assert client.get("/accounts/phone/change/")["Location"] == page("check")
    client.post(page("check"))
    assert Proposal.objects.get().author == person


def test_a_foreign_next_is_not_followed_after_the_phone(cast, client):
    log_in_unverified(client)
    client.get("/accounts/phone/change/?next=https://evil.example/")
    client.post("/accounts/phone/change/", {"phone": "13911113333"})
    client.post("/accounts/phone/verify/", {"code": last_code()})
    assert client.get("/accounts/phone/change/").status_code == 200


def test_double_click_reload_and_back_are_one_row_with_one_number(cast, client):
    client.force_login(cast.resident)
    write_to_check(client)
    first = client.post(page("check"))["Location"]
    again = [client.post(page("check"))["Location"], client.get(page("check"))["Location"]]
    again += [
        client.get(page("words"))["Location"],
        client.post(page("about"), {"category_group": "roads"})["Location"],
    ]
    again.append(client.post("/proposals/new/", words())["Location"])
    assert again == [first] * 5
    assert counts() == (0, 1, 0)


# --- Words ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"body": ""}, "body", "请写下您想反映的事"),
        ({"body": "好" * 20_003}, "body", "超出18003个字，请缩短到2000字以内"),
        ({"form_key": "x"}, "form_key", "表单标识无效，请重新打开此页。"),
    ],
)
def test_what_the_first_page_refuses_stands_by_the_field(cast, client, changes, field, message):
    answer = client.post("/proposals/new/", words(**changes))
    assert (answer.status_code, errors_of(answer), counts()) == (422, {field: [message]}, (0, 0, 0))
    assert answer.content.decode().count("<title>错误：") == 1


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"body": " 　\u200b "}, "body", None),
        ({"body": "好" * 2003}, "body", "超出3个字，请缩短到2000字以内"),
        ({"body": "灯"}, "body", "请再写清楚一点，至少4个字"),
        ({"title": "长" * 26}, "title", "超出1个字，请缩短到25字以内"),
    ],
)
def test_refused_words_become_a_draft_and_stand_on_a_page_that_may_be_reloaded(cast, client, changes, field, message):
    if message is None:
        assert client.post("/proposals/new/", words(**changes)).status_code == 422  # blanks are nothing to keep
        assert counts() == (0, 0, 0)
        return
    first = refused(client, "/proposals/new/", words(**changes))
    again = client.get(page("words") + "?again=1")
    assert [errors_of(answer) for answer in (first, again)] == [{field: [message]}] * 2
    assert words(**changes)["body"] in again.content.decode()
    assert again.content.decode().count("<title>错误：") == 1
    assert client.get(page("check"))["Location"] == page("words")
    answer = client.post(page("words"), words())
    assert (answer["Location"], content()["body"], content()["refused"]) == (page("place"), BODY, None)
    assert errors_of(client.get(page("words") + "?again=1")) == {}


def test_what_was_refused_is_found_again_among_the_drafts(cast, client):
    client.post("/proposals/new/", words(title="", body="好" * 2003))
    assert [row["words"] for row in client.get("/proposals/new/").context["unfinished"]] == ["好" * 40]


def test_title_may_be_left_out_and_four_characters_are_enough(cast, client):
    answer = client.post("/proposals/new/", words(body="路灯坏了", title=""))
    assert answer["Location"] == page("place")


def test_a_robot_is_asked_a_question_and_nothing_is_lost(cast, client):
    too_fast = words(form_age=dumps(int(1e12), salt=AGE_SALT))
    answer = client.post("/proposals/new/", too_fast)
    assert (answer.status_code, list(answer.context["form"].errors), counts()) == (422, ["captcha"], (0, 0, 0))
    assert BODY in answer.content.decode()


def test_the_honeypot_refuses(cast, client):
    assert client.post("/proposals/new/", words(website="http://x")).status_code == 422
    assert counts() == (0, 0, 0)


# --- About ----------------------------------------------------------------------------------------------------
def test_discipline_is_told_the_right_address_before_anything_is_handed_in(cast, client):
    client.force_login(cast.resident)
    client.post("/proposals/new/", words())
    client.post(page("place"), {"division": PLACE, "community": ""})
    answer = client.post(page("about"), {"category_group": "discipline", "then": "next"})
    assert answer["Location"] == page("about") + "?told=1"
    shown = text_of(client.get(answer["Location"]))
    assert [piece in shown for piece in (OUTSIDE, "12388", "只登记编号")] == [True, True, True]
    assert counts() == (1, 0, 0)
    assert client.post(page("about"), {"category_group": "discipline", "then": "anyway"})["Location"] == page("person")
    client.post(page("person"), {"name": ""})
    assert OUTSIDE in text_of(client.get(page("check")))
    done = client.get(client.post(page("check"))["Location"])
    assert (Proposal.objects.get().state, OUTSIDE in text_of(done), "12388" in text_of(done)) == (
        "diverted",
        True,
        True,
    )


def test_a_wrong_category_stands_by_the_field(cast, client):
    client.post("/proposals/new/", words())
    assert list(errors_of(refused(client, page("about"), {"category_group": "nonsense"}))) == ["category_group"]
    answer = refused(client, page("about"), {})
    assert errors_of(answer) == {"category_group": ["请选择一类，拿不准就选“不清楚”"]}


# --- Check ----------------------------------------------------------------------------------------------------
def test_every_change_link_returns_straight_to_the_check_page(cast, client):
    write_to_check(client)
    rows = client.get(page("check")).context["rows"]
    assert {row["url"] for row in rows} == {f"{page(s)}?from=check" for s in ("words", "place", "about", "person")}
    posts = {
        "words": words(body="改过的内容", title=""),
        "place": {"division": PLACE, "community": ""},
        "about": {"category_group": "roads"},
        "person": {"name": ""},
    }
    for step, data in posts.items():
        assert client.post(page(step), {**data, "from": "check"})["Location"] == page("check")
    assert (content()["body"], content()["category_group"]) == ("改过的内容", "roads")


def test_the_check_page_shows_the_label_that_will_be_public(cast, client):
    cast.resident.nickname = "路灯下的人"
    cast.resident.save()
    client.force_login(cast.resident)
    write_to_check(client)
    labels = lambda: {row["label"]: row["value"] for row in client.get(page("check")).context["rows"]}  # noqa: E731
    assert labels()["公开的署名"] == "居民 张**"
    client.post(page("person"), {"name": "张建国", "shows_nickname": "on"})
    assert labels()["公开的署名"] == "路灯下的人"
    client.post(page("person"), {"name": "张建国", "is_confidential": "on"})
    assert (labels()["公开的署名"], labels()["是否保密"]) == ("不公开", "保密")


def test_the_scope_sentence_stands_to_the_letter_where_one_writes_and_where_one_submits(cast, client):
    write_to_check(client)
    assert [SCOPE in client.get(url).content.decode() for url in ("/proposals/new/", page("words"), page("check"))] == [
        True, True, True,
    ]  # fmt: skip


def test_only_the_confirmation_wipes_the_local_draft(cast, client):
    client.force_login(cast.resident)
    write_to_check(client)
    assert "data-draft-done" not in client.get(page("check")).content.decode()
    assert "data-draft-done" in client.get(client.post(page("check"))["Location"]).content.decode()
