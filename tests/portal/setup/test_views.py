"""The wizard: closed without its token, gone once it is done, everything or nothing in between."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from portal.jurisdictions.models import Division, TermsPeriod
from portal.jurisdictions.selectors import site_profile
from portal.jurisdictions.services.site import save_site_profile
from portal.setup import selectors, services
from portal.trail.selectors import history_of

pytestmark = pytest.mark.django_db

ACCOUNT = {
    "username": "zhanzhang",
    "email": "",
    "password": "三条minyi-2026",
    "password_again": "三条minyi-2026",
}
SITE = {"site_name": "望春门街道议事厅", "host_organisation": "湘乡市人大街道工委", "phones": "值班室 0731-12345678"}
PAGES = ["account", "division", "terms", "site", "check"]


@pytest.fixture(autouse=True)
def empty_install(settings: Any) -> Iterator[None]:
    settings.SETUP_WIZARD = True
    selectors.forget_installed()
    yield
    selectors.forget_installed()


@pytest.fixture
def opened(client: Client) -> Client:
    """A browser that has typed the token."""
    assert client.post("/setup/", {"token": services.issue_token()}).url == "/setup/account/"  # type: ignore[attr-defined]
    return client


def fill(client: Client, *, until: str = "check", **changed: dict[str, str]) -> None:
    answers: dict[str, dict[str, str]] = {
        "account": ACCOUNT,
        "division": {"division": "430381001000"},
        "terms": {"preset": "xiangxiang"},
        "site": SITE,
    } | changed
    for page, data in answers.items():
        if page == until:
            return
        response = client.post(f"/setup/{page}/", data)
        assert response.status_code == 302, response.content.decode()


def errors(response: Any, form: str = "form") -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context[form].errors.items()}


def test_an_empty_install_sends_every_page_to_the_wizard(client: Client) -> None:
    for path in ("/", "/admin/", "/division/", "/accounts/login/", "/nowhere/"):
        response = client.get(path)
        assert (response.status_code, response.headers.get("Location")) == (302, "/setup/")


def test_the_wizard_lets_its_own_style_and_pictures_through(client: Client) -> None:
    assert client.get("/assets/portal.css").status_code == 200
    assert client.get("/setup/").status_code == 200


def test_no_page_opens_without_the_token(client: Client) -> None:
    for page in PAGES:
        for response in (client.get(f"/setup/{page}/"), client.post(f"/setup/{page}/", ACCOUNT)):
            assert (response.status_code, response.headers["Location"]) == (302, "/setup/")
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize("typed", ["", "AAAAA-AAAAA-AAAAA-AAAAA", "' OR 1=1", "长" * 60])
def test_a_wrong_token_opens_nothing_and_says_where_to_find_it(client: Client, typed: str) -> None:
    services.issue_token()
    response = client.post("/setup/", {"token": typed})
    assert response.status_code == 200
    assert errors(response).keys() == {"token"}
    assert client.get("/setup/account/").headers["Location"] == "/setup/"


def test_the_token_may_be_typed_small_in_full_width_and_without_dashes(client: Client) -> None:
    token = services.issue_token().replace("-", " ").lower()
    typed = "".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in token)
    assert client.post("/setup/", {"token": typed}).status_code == 302


def test_a_new_token_closes_the_door_to_whoever_had_the_old_one(opened: Client) -> None:
    services.issue_token()
    assert opened.get("/setup/account/").headers["Location"] == "/setup/"


def test_only_the_digest_of_the_token_is_stored(db: None) -> None:
    token = services.issue_token()
    stored = selectors.open_token()
    assert stored is not None
    assert (len(stored.token_hash), token in stored.token_hash) == (64, False)


def test_a_later_page_waits_for_the_earlier_ones(opened: Client) -> None:
    assert opened.get("/setup/check/").headers["Location"] == "/setup/account/"
    fill(opened, until="terms")
    assert opened.get("/setup/check/").headers["Location"] == "/setup/terms/"


def test_the_whole_wizard_makes_the_administrator_the_terms_and_the_site(opened: Client) -> None:
    fill(opened)
    page = opened.get("/setup/check/").content.decode()
    for shown in ("zhanzhang", "湘潭市湘乡市望春门街道", "湘乡市人大街道工委", "值班室 0731-12345678"):
        assert shown in page
    assert opened.post("/setup/check/").status_code == 200
    admin = get_user_model().objects.get()
    assert (admin.username, admin.is_superuser, admin.check_password(ACCOUNT["password"])) == ("zhanzhang", True, True)
    profile = site_profile()
    assert profile is not None
    assert (profile.site_name, profile.division) == (SITE["site_name"], Division.objects.get(code="430381001000"))
    assert TermsPeriod.objects.get().preset == "xiangxiang"
    done = history_of("setup", "site")[-1]
    assert (done.verb, done.actor, done.detail) == (
        "set_up",
        admin.trail_id,
        {"division": "430381001000", "preset": "xiangxiang"},
    )


def test_once_done_the_wizard_is_gone_and_the_pages_are_there(opened: Client) -> None:
    fill(opened)
    opened.post("/setup/check/")
    stranger = Client()
    assert [stranger.get(f"/setup/{page}").status_code for page in ["", *(f"{p}/" for p in PAGES)]] == [404] * 6
    assert stranger.post("/setup/check/").status_code == 404
    assert opened.get("/division/").status_code == 200
    with pytest.raises(CommandError, match="本站已经设置过了"):
        call_command("setup_token")


def test_who_presses_twice_sees_the_end_twice(opened: Client) -> None:
    fill(opened)
    first, second = (opened.post("/setup/check/") for _each in range(2))
    assert [page.status_code for page in (first, second)] == [200, 200]
    assert all("设置完成" in page.content.decode() for page in (first, second))
    assert get_user_model().objects.count() == 1
    assert opened.session["setup"] == {"finished": ACCOUNT["username"]}, "nothing of the answers stays"


def test_a_press_at_the_same_moment_knows_its_own_answers(opened: Client) -> None:
    """It began with the session as it was before the other press ended."""
    fill(opened)
    before = dict(opened.session["setup"])
    opened.post("/setup/check/")
    session = opened.session
    session["setup"] = before
    session.save()
    late = opened.post("/setup/check/")
    assert (late.status_code, "设置完成" in late.content.decode(), "上一步" in late.content.decode()) == (
        200,
        True,
        False,
    )


def test_whose_answers_came_second_hears_that_they_were_not_saved() -> None:
    token = services.issue_token()
    first, second = Client(), Client()
    for browser, name in ((first, "first"), (second, "second")):
        browser.post("/setup/", {"token": token})
        fill(browser, account=ACCOUNT | {"username": name})
    assert first.post("/setup/check/").status_code == 200
    late = second.post("/setup/check/")
    assert (late.status_code, "您在这里填的没有保存" in late.content.decode()) == (409, True)
    assert [user.username for user in get_user_model().objects.all()] == ["first"]


def test_each_page_leads_back_and_none_to_pages_that_are_not_there_yet(opened: Client) -> None:
    fill(opened)
    for earlier, page in pairwise(PAGES):
        html = opened.get(f"/setup/{page}/").content.decode()
        assert f'href="/setup/{earlier}/"' in html
        assert "bottom-bar" not in html


def test_the_token_works_for_one_administrator_only(opened: Client) -> None:
    """Two browsers with the same token, both at the last page: one administrator."""
    fill(opened)
    other = Client()
    other.cookies = opened.cookies
    answers = dict(opened.session["setup"])
    opened.post("/setup/check/")
    given = services.SetupAnswers(
        username="second",
        email="",
        password="x",
        division=Division.objects.get(code="430381001000"),
        preset="",
        site={},
    )
    with pytest.raises(services.SetupRefused):
        services.finish_setup(answers=given, grant=answers["grant"])
    assert get_user_model().objects.count() == 1


def test_the_password_rests_in_the_session_as_a_hash_only(opened: Client) -> None:
    fill(opened, until="division")
    assert ACCOUNT["password"] not in str(dict(opened.session))


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"username": ""}, "username", "请填用户名。"),
        ({"username": "站 长"}, "username", "用户名只能有文字、数字和 @ . + - _ 这些符号。"),
        ({"email": "zhan"}, "email", "邮箱写得不对，例如：zhan@example.cn。"),
        ({"password_again": "另一个密码2026"}, "password_again", "两次填的密码不一样。"),
    ],
)
def test_each_wrong_field_of_the_account_is_explained_and_the_rest_is_kept(
    opened: Client, changed: dict[str, str], field: str, message: str
) -> None:
    response = opened.post("/setup/account/", ACCOUNT | changed)
    assert errors(response) == {field: [message]}
    assert response.context["form"]["username"].value() == (ACCOUNT | changed)["username"]
    assert "account" not in opened.session["setup"]


@pytest.mark.parametrize("password", ["short1", "12345678901", "zhanzhang1"])
def test_a_weak_password_is_refused(opened: Client, password: str) -> None:
    response = opened.post("/setup/account/", ACCOUNT | {"password": password, "password_again": password})
    assert errors(response).keys() == {"password"}


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"site_name": ""}, "site_name", "请填网站名称，例如：望春门街道议事厅。"),
        ({"host_organisation": " "}, "host_organisation", "请填主办单位的全称。"),
        ({"phones": ""}, "phones", "请至少填一个居民能打通的电话。"),
        ({"phones": "值班室"}, "phones", "“值班室”里没有电话号码。"),
    ],
)
def test_each_wrong_field_of_the_site_is_explained(
    opened: Client, changed: dict[str, str], field: str, message: str
) -> None:
    fill(opened, until="site")
    response = opened.post("/setup/site/", SITE | changed)
    assert errors(response) == {field: [message]}


def test_an_unknown_division_is_refused_and_one_can_be_imported(opened: Client) -> None:
    fill(opened, until="division")
    assert "没有这个区划" in opened.post("/setup/division/", {"division": "999999999999"}).content.decode()
    assert "请选一个区划" in opened.post("/setup/division/", {}).content.decode()
    rows = "code,name\n330000000000,浙江省\n330100000000,杭州市\n330106000000,西湖区\n330106001000,北山街道\n"
    file = SimpleUploadedFile("divisions.csv", rows.encode("utf-8-sig"))
    page = opened.post("/setup/division/", {"upload": "1", "file": file}).content.decode()
    assert "新增 4，更新 0，未变 0。" in page
    assert opened.post("/setup/division/", {"division": "330106001000"}).headers["Location"] == "/setup/terms/"


def test_a_wrong_file_of_divisions_is_explained_by_row(opened: Client) -> None:
    fill(opened, until="division")
    before = Division.objects.count()
    file = SimpleUploadedFile("divisions.csv", "code,name\n33,浙江省\n".encode())
    response = opened.post("/setup/division/", {"upload": "1", "file": file})
    assert errors(response, "upload") == {"file": ["第 2 行：代码“33”不是12位数字。"]}
    assert Division.objects.count() == before


def test_terms_may_be_left_for_later(opened: Client) -> None:
    fill(opened, terms={"preset": "later"})
    opened.post("/setup/check/")
    assert (TermsPeriod.objects.count(), site_profile() is not None) == (0, True)


def test_an_answer_can_be_changed_from_the_last_page(opened: Client) -> None:
    fill(opened)
    response = opened.post("/setup/site/", SITE | {"site_name": "另一个名字"})
    assert response.headers["Location"] == "/setup/check/"
    assert "另一个名字" in opened.get("/setup/check/").content.decode()


def test_any_account_or_a_named_site_closes_the_wizard(client: Client) -> None:
    save_site_profile(values=SITE)
    assert client.get("/setup/").status_code == 404


def test_an_install_that_is_set_up_costs_no_query_to_recognise(
    client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    save_site_profile(values=SITE)
    assert selectors.is_installed()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert selectors.is_installed()


def test_the_command_prints_a_token_that_opens_the_wizard(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("setup_token")
    token = capsys.readouterr().out.strip().rsplit(" ", 1)[1]
    assert client.post("/setup/", {"token": token}).status_code == 302


def test_the_command_can_be_silent_where_nothing_is_to_be_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    save_site_profile(values=SITE)
    call_command("setup_token", "--if-empty")
    assert capsys.readouterr().out == ""
