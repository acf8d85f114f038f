"""The division chooser and the staff screens, through HTTP."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.jurisdictions import demo
from portal.jurisdictions.models import Division, TermsPeriod
from portal.jurisdictions.selectors import site_profile, term
from portal.jurisdictions.services.site import save_site_profile
from portal.jurisdictions.services.terms import apply_preset
from portal.trail.selectors import history_of
from tests.conftest import Cast

SITE = {"site_name": "望春门街道议事厅", "host_organisation": "湘乡市人大街道工委", "phones": "值班室 0731-12345678"}
DONGSHAN = "430111012000"


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def director(cast: Cast) -> Client:
    return logged_in(cast.director)


@pytest.fixture
def admin(cast: Cast) -> Client:
    return logged_in(cast.admin)


# --- Chooser
def test_the_chooser_goes_down_level_by_level_without_scripts(seeded: None, client: Client) -> None:
    top = [row["label"] for row in client.get("/division/").context["rows"]]
    below = [row["label"] for row in client.get("/division/?parent=430111000000").context["rows"]]
    assert top == ["长沙市", "湘潭市"]
    assert (below[0], len(below)) == ("雨花区", 15)


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("东山街道", ["长沙市雨花区东山街道", "湘潭市湘乡市东山街道"]),
        ("㮾梨", ["长沙市长沙县㮾梨街道"]),
        ("４３０１１１０１２０００", ["长沙市雨花区东山街道"]),
        ("望春門", ["湘潭市湘乡市望春门街道"]),
        ("湘潭市 湘乡市望春门街道", ["湘潭市湘乡市望春门街道"]),
        ("湘乡市望春门", ["湘潭市湘乡市望春门街道"]),
        ("长沙市望春门街道", []),
        ("没有这个地方", []),
    ],
)
def test_the_search_tells_divisions_of_one_name_apart(
    seeded: None, client: Client, words: str, labels: list[str]
) -> None:
    found = client.get("/division/", {"q": words}).context["rows"]
    assert [row["label"] for row in found if row["division"].level == "subdistrict"] == labels


def test_the_choice_is_a_cookie_and_changes_no_address(seeded: None, client: Client) -> None:
    response = client.post("/division/", {"division": DONGSHAN, "next": "/trail/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/trail/")
    cookie = response.cookies["division"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (DONGSHAN, True, "Lax")
    assert client.get("/division/").context["chosen_name"] == "长沙市雨花区东山街道"
    client.post("/division/", {"division": ""})
    assert client.get("/division/").context["chosen_name"] == ""


@pytest.mark.parametrize("key", ["999999999999", "东山街道", "' OR 1=1 --"])
def test_an_unknown_division_is_not_remembered(seeded: None, client: Client, key: str) -> None:
    response = client.post("/division/", {"division": key})
    assert (response.status_code, "division" in response.cookies) == (404, False)


def test_a_forged_or_outdated_cookie_is_no_choice(seeded: None, client: Client) -> None:
    client.cookies["division"] = "999999999999"
    assert client.get("/division/").context["chosen_name"] == ""


def test_the_way_back_never_leads_to_another_host(seeded: None, client: Client) -> None:
    response = client.post("/division/", {"division": DONGSHAN, "next": "https://example.org/"})
    assert response.headers["Location"] == "/"


# --- Who runs the site
def test_the_footer_shows_what_is_filled_in_and_nothing_else(seeded: None, client: Client) -> None:
    save_site_profile(values=SITE)
    page = client.get("/division/").content.decode()
    assert '<a href="tel:073112345678">0731-12345678</a>' in page
    assert "<title>选择街道 - 望春门街道议事厅</title>" in page.replace("选择您的街道", "选择街道")
    assert [word for word in ("备案", "标识码", "待填", "办公时间") if word in page] == []


def test_identifiers_show_once_they_are_filled_in(seeded: None, client: Client) -> None:
    save_site_profile(values=SITE | {"icp_number": "测ICP备00000000号", "site_code": "0000000000"})
    page = client.get("/division/").content.decode()
    assert ("测ICP备00000000号" in page, "网站标识码 0000000000" in page) == (True, True)


def test_a_change_of_the_site_is_in_the_trail_without_phone_numbers(db: None) -> None:
    save_site_profile(values=SITE)
    save_site_profile(values=SITE | {"phones": "0731-87654321", "site_name": "新名字"})
    save_site_profile(values=SITE | {"phones": "0731-87654321", "site_name": "新名字"})
    first, second = history_of("site_profile", "site")
    assert (first.verb, second.verb) == ("created", "changed")
    assert second.detail == {
        "fields": ["phones", "site_name"],
        "before": {"site_name": "望春门街道议事厅"},
        "after": {"site_name": "新名字"},
    }


def test_staff_edit_the_site_in_the_admin_and_errors_stand_at_the_field(admin: Client) -> None:
    address = "/admin/site-profile/"
    refused = admin.post(address, SITE | {"phones": "没有", "site_code": "12", "division": "999999999999"})
    assert refused.status_code == 422
    assert {name: list(found) for name, found in refused.context["form"].errors.items()} == {
        "phones": ["“没有”里没有电话号码。"],
        "site_code": ["网站标识码是10位字符。"],
        "division": ["没有代码为 999999999999 的区划。"],
    }
    assert site_profile() is None
    assert admin.post(address, SITE | {"division": "430381001000"}).status_code == 302
    profile = site_profile()
    assert profile is not None
    assert (profile.site_name, profile.division and profile.division.code) == (SITE["site_name"], "430381001000")
    assert admin.get(address).context["form"]["division"].value() == "430381001000"


# --- Terms
def change(client: Client, key: str, **values: Any) -> Any:
    """Posts the change form as the browser does: every field as it stands, `values` on top."""
    page = client.get(f"/admin/terms/{key}/change/")
    form = page.context["form"]
    posted = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    return client.post(f"/admin/terms/{key}/change/", posted | {"reason": "街道党工委研究同意"} | values)


def test_staff_see_every_term_with_its_origin(seeded: None, director: Client, xiangxiang: Division) -> None:
    apply_preset(division=xiangxiang, preset="xiangxiang")
    page = director.get("/admin/terms/430381001000/").content.decode()
    for shown in ("票决", "湘潭市湘乡市，自 2025-03-28", "待确认", "X23", "未规定"):
        assert shown in page
    earlier = director.get("/admin/terms/430381001000/?on=2025-03-27").content.decode()
    assert ("自 2025-03-28" in earlier, "系统默认" in earlier) == (False, True)


def test_a_director_changes_terms_from_today_and_only_what_was_changed(director: Client, xiangxiang: Division) -> None:
    apply_preset(division=xiangxiang, preset="xiangxiang")
    today = timezone.localdate()
    response = change(director, "430381001000", starts_on=today.isoformat(), term_resident_promise_days="60")
    assert response.status_code == 302, response.context["form"].errors
    period = TermsPeriod.objects.get(division__code="430381001000")
    assert {key: stored["value"] for key, stored in period.values.items()} == {"resident_promise_days": 60}
    assert term(period.division, "resident_promise_days") == 60


def test_an_open_value_is_confirmed_by_a_tick(director: Client, xiangxiang: Division) -> None:
    apply_preset(division=xiangxiang, preset="xiangxiang")
    today = timezone.localdate().isoformat()
    assert change(director, "430381001000", starts_on=today, confirmed=["reception_scheme"]).status_code == 302
    period = TermsPeriod.objects.get(division__code="430381001000")
    assert period.values == {"reception_scheme": {"value": "A", "clause": "X28", "is_confirmed": True, "note": ""}}


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"term_rating_days": "0"}, "term_rating_days", "请填 1 到 90 之间的整数。"),
        ({"term_rating_days": "十"}, "term_rating_days", "请填整数。"),
        ({"term_limit_months": "2", "term_target_months": "3"}, "term_limit_months", "不能小于对应的下限 3。"),
        (
            {"starts_on": "2020-01-01", "term_term_years": "3"},
            "starts_on",
            "已经使用过的口径不能往回改。请填今天或以后的日期。",
        ),
        ({"reason": ""}, "reason", "请写明为什么改。"),
        ({}, "__all__", "没有改动任何口径。"),
    ],
)
def test_each_wrong_change_is_explained_and_nothing_is_written(
    director: Client, xiangxiang: Division, values: dict[str, str], field: str, message: str
) -> None:
    apply_preset(division=xiangxiang, preset="xiangxiang")
    response = change(director, "430381001000", **({"starts_on": timezone.localdate().isoformat()} | values))
    assert response.status_code == 422
    assert {name: list(found) for name, found in response.context["form"].errors.items()} == {field: [message]}
    assert TermsPeriod.objects.count() == 1


@pytest.mark.parametrize("who", ["resident", "clerk", "moderator", "unit"])
def test_others_cannot_change_terms(cast: Cast, who: str) -> None:
    client = logged_in(cast[who])
    today = timezone.localdate().isoformat()
    response = client.post("/admin/terms/430381001000/change/", {"starts_on": today, "reason": "x"})
    assert response.status_code in (302, 403)
    assert TermsPeriod.objects.count() == 0


def test_a_director_has_no_say_elsewhere(director: Client) -> None:
    assert director.get("/admin/terms/430381001000/change/").status_code == 200
    refused = director.get(f"/admin/terms/{DONGSHAN}/change/")
    assert refused.status_code == 404


# --- Clauses and divisions
def test_a_second_click_on_withdraw_and_a_day_that_is_none_are_told(director: Client, xiangxiang: Division) -> None:
    page = "/admin/terms/430381001000/"
    again = director.post(f"{page}999999/withdraw/", follow=True)
    assert [str(each) for each in again.context["messages"]] == ["这个时段已经撤销，不用再撤销一次。"]
    assert "日期写得不对" in director.get(f"{page}?on=zz").content.decode()


def test_staff_read_all_clauses_or_those_of_one_document(director: Client) -> None:
    assert len(director.get("/admin/clauses/").context["rows"]) == 108
    assert len(director.get("/admin/clauses/?document=xiangxiang").context["rows"]) == 57


def test_an_admin_rehearses_and_then_imports_divisions(admin: Client) -> None:
    def upload(text: str, **more: str) -> Any:
        return admin.post("/admin/divisions/", {"file": SimpleUploadedFile("d.csv", text.encode())} | more)

    text = "code,name\n430382000000,韶山市\n"
    assert upload(text, rehearse="1").context["result"].created == 1
    assert not Division.objects.filter(code="430382000000").exists()
    assert upload(text).context["result"].created == 1
    assert Division.objects.filter(code="430382000000").exists()
    assert upload("code,name\n4303,短了\n").context["errors"] == [(2, "代码“4303”不是12位数字。")]


def test_the_demo_loads_twice_and_invents_no_identifier(seeded: None) -> None:
    demo.load()
    demo.load()
    profile = site_profile()
    assert profile is not None
    assert (profile.icp_number, profile.police_number, profile.site_code) == ("", "", "")
    assert sorted(TermsPeriod.objects.exclude(preset="").values_list("preset", flat=True)) == ["changsha", "xiangxiang"]
    assert TermsPeriod.objects.filter(preset="").count() == len(demo.PROMISING)
