"""Writing first, log-in last, nothing lost, one row (conventions 1–14)."""

import io
import re

import pytest
from django.conf import settings as live_settings
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.signing import dumps
from django.test import Client
from PIL import Image

from participation.proposals.models import Draft, Photo, Proposal
from participation.proposals.services import draft_content
from portal.accounts.models import User
from portal.gate.forms import AGE_SALT
from portal.jurisdictions.models import Division
from tests.factories.proposals import published
from tests.portal.accounts.doors import last_code, signup_data

from .writing import BODY, KEY, PLACE, errors_of, page, text_of, words, write_to_check

pytestmark = pytest.mark.django_db
SCOPE = "本平台收集意见建议，不替代12345热线和信访渠道；紧急情况请拨打110、119、120。"
OUTSIDE = "不属于本平台受理范围，请通过以下渠道反映"


@pytest.fixture(autouse=True)
def fresh():
    caches["default"].clear()
    live_settings.SMS_LOG.parent.mkdir(parents=True, exist_ok=True)
    live_settings.SMS_LOG.unlink(missing_ok=True)


def content() -> dict:
    return draft_content(Draft.objects.get())


def counts() -> tuple[int, int, int]:
    return Draft.objects.count(), Proposal.objects.count(), Photo.objects.count()


# --- GET changes nothing ---------------------------------------------------------------------------------------
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


# --- Whose draft ----------------------------------------------------------------------------------------------
def test_the_draft_of_someone_else_is_404(cast, client):
    client.force_login(cast.resident)
    write_to_check(client)
    other = Client()
    other.force_login(cast.resident2)
    assert [other.get(page(step)).status_code for step in ("words", "place", "about", "person", "check")] == [404] * 5
    assert other.post(page("words"), words(body="改了")).status_code == 404
    assert other.post(page("check")).status_code == 404
    other.post(f"/proposals/new/{KEY}/discard/")
    assert (content()["body"], counts()) == (BODY, (1, 0, 0))


def test_a_visitor_of_another_browser_is_sent_to_log_in(cast, client):
    write_to_check(client)
    assert Client().get(page("check"))["Location"] == f"/accounts/login/?next={page('check')}"


def test_an_old_page_with_another_persons_key_keeps_the_words_under_a_fresh_key(cast, client):
    client.force_login(cast.resident)
    client.post("/proposals/new/", words())
    other = Client()
    other.force_login(cast.resident2)
    answer = other.post("/proposals/new/", words(body="另一件事，请修水管"))
    key = answer["Location"].split("/")[3]
    assert key != KEY
    assert {d.key: (d.user, draft_content(d)["body"]) for d in Draft.objects.all()} == {
        KEY: (cast.resident, BODY),
        key: (cast.resident2, "另一件事，请修水管"),
    }


def test_log_in_takes_the_browsers_drafts_along_and_lists_them(cast, client):
    client.post("/proposals/new/", words())
    client.post("/proposals/new/", words(form_key=KEY + "b", body="第二件事", title=""))
    client.force_login(cast.resident)
    assert set(Draft.objects.values_list("key", "user")) == {(KEY, cast.resident.pk), (KEY + "b", cast.resident.pk)}
    elsewhere = Client()
    elsewhere.force_login(cast.resident)
    for address in ("/proposals/new/", "/me/proposals/"):
        drafts = elsewhere.get(address).context["unfinished"]
        assert [row["words"] for row in drafts] == ["第二件事", "路灯坏了"]


def test_the_same_words_under_a_new_form_go_on_with_the_same_draft(cast, client):
    client.post("/proposals/new/", words())
    answer = client.post("/proposals/new/", words(form_key="another-form-key-00001"))
    assert (answer["Location"], Draft.objects.count()) == (page("place"), 1)


def test_discarding_removes_the_draft_and_its_photos(cast, client, picture):
    write_to_check(client)
    client.post(page("about"), {"category_group": "roads", "photos": [picture()]})
    client.post(f"/proposals/new/{KEY}/discard/")
    assert counts() == (0, 0, 0)


def test_a_draft_that_is_gone_says_so(cast, client):
    client.force_login(cast.resident)
    answer = client.get(page("about"), follow=True)
    assert (answer.redirect_chain, "这份草稿不在了" in text_of(answer)) == ([("/proposals/new/", 302)], True)


# --- Words ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"body": ""}, "body", "请写下您想反映的事"),
        ({"body": " 　\u200b "}, "body", "请写下您想反映的事"),
        ({"body": "好" * 2003}, "body", "超出3个字，请缩短到2000字以内"),
        ({"title": "长" * 26}, "title", "超出1个字，请缩短到25字以内"),
        ({"form_key": "x"}, "form_key", "表单标识无效，请重新打开此页。"),
    ],
)
def test_what_the_first_page_refuses_stands_by_the_field(cast, client, changes, field, message):
    answer = client.post("/proposals/new/", words(**changes))
    assert (answer.status_code, errors_of(answer), counts()) == (422, {field: [message]}, (0, 0, 0))
    if field == "title":
        assert BODY in answer.content.decode()  # typed text is kept
    assert answer.content.decode().count("<title>错误：") == 1


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


# --- Place ----------------------------------------------------------------------------------------------------
def test_a_subdistrict_with_communities_asks_for_the_community_next(cast, client):
    community = _community()
    client.post("/proposals/new/", words())
    assert client.post(page("place"), {"division": PLACE})["Location"] == page("place")
    assert community.name in text_of(client.get(page("place")))
    answer = client.post(page("place"), {"division": PLACE, "community": community.key})
    assert (answer["Location"], content()["community"]) == (page("about"), community.key)


def _community() -> Division:
    parent = Division.objects.get(code=PLACE)
    known = parent.children.first()
    if known is not None:
        return known
    code = "430381001001"
    return Division.objects.create(
        code=code, name="测试社区", level="community", parent=parent, path=f"{parent.path}{code}/"
    )


def test_whoever_does_not_know_the_subdistrict_chooses_the_county(cast, client):
    client.post("/proposals/new/", words())
    assert "（不清楚是哪个街道）" in text_of(client.get(page("place")))
    assert client.post(page("place"), {"division": "430381000000"})["Location"] == page("about")


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"division": ""}, "division", "请选择街道（乡镇）"),
        ({"division": "000000000000"}, "division", "请从列表中选择街道（乡镇）"),
        ({"division": "'; DROP"}, "division", "请从列表中选择街道（乡镇）"),
        ({"division": PLACE, "community": "430102001001"}, "community", "请从列表中选择社区（村），不清楚就选“不清楚”"),
    ],
)
def test_what_the_place_page_refuses_stands_by_the_field(cast, client, data, field, message):
    _community()
    client.post("/proposals/new/", words())
    answer = client.post(page("place"), data)
    assert (answer.status_code, errors_of(answer)) == (422, {field: [message]})
    assert content().get("division") is None


def test_the_remembered_subdistrict_is_offered_and_can_be_changed(cast, client):
    client.cookies["division"] = PLACE
    client.post("/proposals/new/", words())
    assert client.get(page("place")).context["chosen"].key == PLACE
    assert client.get(page("place") + "?change=1").context["chosen"] is None


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
    answer = client.post(page("about"), {"category_group": "nonsense"})
    assert (answer.status_code, list(errors_of(answer))) == (422, ["category_group"])
    answer = client.post(page("about"), {})
    assert errors_of(answer) == {"category_group": ["请选择一类，拿不准就选“不清楚”"]}


def _bomb() -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (9000, 9000)).save(buffer, "PNG")
    return buffer.getvalue()


UNREADABLE = "无法识别的照片。请上传 JPG、PNG 或 WebP 格式的图片。"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.jpg", b"not a picture", f"a.jpg：{UNREADABLE}"),
        ("b.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", f"b.svg：{UNREADABLE}"),
        ("c.png", _bomb(), "c.png：照片尺寸过大，请缩小后再上传。"),
        ("d.jpg", b"\xff\xd8" + b"0" * (10 * 1024 * 1024), "d.jpg：照片不能超过10MB，请压缩后再上传。"),
        ("e.gif", b"GIF89a" + b"\x00" * 64, f"e.gif：{UNREADABLE}"),
    ],
)  # fmt: skip
def test_a_hostile_photo_is_refused_by_the_field_and_nothing_else_is_lost(cast, client, picture, name, data, message):
    client.post("/proposals/new/", words())
    hostile = SimpleUploadedFile(name, data)
    answer = client.post(page("about"), {"category_group": "roads", "photos": [picture(), hostile]})
    assert (answer.status_code, errors_of(answer)) == (422, {"photos": [message]})
    assert (Photo.objects.count(), content()["category_group"], content()["body"]) == (1, "roads", BODY)


def test_an_empty_photo_is_refused_by_the_field(cast, client):
    client.post("/proposals/new/", words())
    answer = client.post(page("about"), {"category_group": "roads", "photos": [SimpleUploadedFile("空.jpg", b"")]})
    assert (answer.status_code, Photo.objects.count(), list(errors_of(answer))) == (422, 0, ["photos"])


def test_a_seventh_photo_is_refused_and_six_stay(cast, client, picture):
    client.post("/proposals/new/", words())
    answer = client.post(page("about"), {"category_group": "roads", "photos": [picture() for _ in range(7)]})
    assert (errors_of(answer), Photo.objects.count()) == ({"photos": ["照片.jpg：最多上传6张照片。"]}, 6)


def test_photos_go_along_to_the_proposal_and_are_seen_only_by_the_writer_before(cast, client, picture):
    client.force_login(cast.resident)
    write_to_check(client)
    client.post(page("about"), {"category_group": "roads", "photos": [picture()], "then": "more"})
    photo = Photo.objects.get()
    own, other = f"/proposals/new/{KEY}/photos/{photo.pk}/", f"/proposals/photos/{photo.pk}/"
    assert [client.get(own).status_code, Client().get(own).status_code, Client().get(other).status_code] == [
        200,
        404,
        404,
    ]
    client.post(page("check"))
    photo.refresh_from_db()
    assert (photo.proposal, photo.draft) == (Proposal.objects.get(), None)
    assert [client.get(other).status_code, Client().get(other).status_code] == [200, 404]


def test_a_photo_can_be_removed_only_by_its_writer(cast, client, picture):
    client.post("/proposals/new/", words())
    client.post(page("about"), {"category_group": "roads", "photos": [picture(), picture()]})
    first = Photo.objects.first()
    assert Client().post(f"/proposals/new/{KEY}/photos/{first.pk}/remove/").status_code == 404
    assert Photo.objects.count() == 2
    client.post(f"/proposals/new/{KEY}/photos/{first.pk}/remove/")
    assert Photo.objects.count() == 1


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


# --- Similar --------------------------------------------------------------------------------------------------
def test_similar_proposals_are_shown_while_writing_and_on_the_next_page(cast, client):
    near = published(cast.resident2, cast.moderator)
    assert near.title in text_of(client.get("/proposals/similar/", {"q": "三眼井社区路灯坏了没人修"}))
    assert text_of(client.get("/proposals/similar/", {"q": "路灯"})).strip() == ""
    client.post("/proposals/new/", words())
    shown = text_of(client.get(page("place")))
    assert ("已经有人提过类似的事" in shown, near.title in shown) == (True, True)


@pytest.mark.parametrize(
    "query", ["q=%00%00%00%00&division=%00", "q=" + "路" * 5000, "division=99999999999999999999&q=路灯坏了啊"]
)
def test_hostile_questions_for_similar_ones_are_answered(cast, client, query):
    assert client.get(f"/proposals/similar/?{query}").status_code == 200


def test_a_confidential_proposal_is_never_similar(cast, client):
    published(cast.resident2, cast.moderator, is_confidential=True)
    assert text_of(client.get("/proposals/similar/", {"q": BODY})).strip() == ""


def test_pages_are_not_kept_by_caches(cast, client):
    write_to_check(client)
    assert ["no-store" in client.get(url)["Cache-Control"] for url in ("/proposals/new/", page("check"))] == [
        True,
        True,
    ]
    assert re.search(r"<form[^>]*novalidate", client.get("/proposals/new/").content.decode())


def test_stale_drafts_are_removed_by_the_periodic_job(cast, client, time_machine):
    client.post("/proposals/new/", words())
    Draft.objects.update(updated_at="2020-01-01T00:00:00Z")
    call_command("runperiodic")
    assert Draft.objects.count() == 0
