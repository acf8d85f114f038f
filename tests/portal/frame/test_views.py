"""Display modes, headers and error pages over HTTP."""

import json

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from portal.frame.views import errors

TEXT = "三单元住着六位七十岁以上的老人"


def raising(error: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("denied/", raising(PermissionDenied("这件事由主持人决定，您不能自己批准自己的建议。"))),
    path("denied-plainly/", raising(PermissionDenied("role missing"))),
    path("broken/", raising(ValueError("a fault of ours"))),
    path("locked/", raising(OperationalError("database is locked"))),
    path("no-table/", raising(OperationalError("no such table: x"))),
    path("form/", lambda request: HttpResponse("kept")),
    path("", include("portal.urls")),
]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.page_not_found, errors.server_error

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


# --- Modes ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("mode", ["elder", "contrast"])
def test_a_mode_is_set_and_unset_by_a_form_without_a_session(client: Client, mode: str) -> None:
    answer = client.post("/modes/", {mode: "1", "next": "/accessibility/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accessibility/")
    assert {name: morsel.value for name, morsel in answer.cookies.items()} == {mode: "1"}
    page = client.get("/accessibility/").content.decode()
    assert f'<html lang="zh-Hans" class="{mode}">' in page
    client.post("/modes/", {mode: "0"})
    assert '<html lang="zh-Hans">' in client.get("/accessibility/").content.decode()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_light_or_dark_is_a_choice_that_can_be_taken_back(client: Client, theme: str) -> None:
    answer = client.post("/modes/", {"theme": theme, "next": "/accessibility/#display"})
    assert (answer.status_code, answer["Location"]) == (302, "/accessibility/#display")
    page = client.get("/accessibility/").content.decode()
    assert f'<html lang="zh-Hans" class="{theme}">' in page
    assert f'<meta name="color-scheme" content="{theme}">' in page
    client.post("/modes/", {"theme": ""})
    page = client.get("/accessibility/").content.decode()
    assert '<html lang="zh-Hans">' in page
    assert '<meta name="color-scheme" content="light dark">' in page


def test_a_made_up_theme_is_no_class(client: Client) -> None:
    client.cookies["theme"] = 'dark" onload="x'
    assert '<html lang="zh-Hans">' in client.get("/accessibility/").content.decode()


def test_a_mode_form_never_leads_to_a_foreign_host(client: Client) -> None:
    assert client.post("/modes/", {"elder": "1", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_modes_refuse_get(client: Client) -> None:
    assert client.get("/modes/").status_code == 405


def test_elder_mode_offers_the_way_back_and_the_staff_on_every_page(client: Client) -> None:
    assert "back-bar" not in client.get("/lookup/").content.decode()
    client.cookies["elder"] = "1"
    bar = client.get("/lookup/").content.decode().split('class="back-bar"')[1].split("</nav>")[0]
    assert 'href="/" data-back' in bar
    assert "返回" in bar and "联系工作人员" in bar


# --- Headers --------------------------------------------------------------------------------------------------
def policy(answer: HttpResponse) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", ["/", "/accessibility/", "/lookup/", "/accounts/login/", "/no/such/page/", "/broken/"])
def test_public_pages_allow_nothing_inline_and_nobody_else(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert policy(answer) == {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "Cookie" in answer["Vary"]


def test_the_staff_side_allows_no_inline_script_either(client: Client) -> None:
    allowed = policy(client.get("/admin/login/"))
    assert [value for value in allowed["script-src"] if not value.startswith("'nonce-")] == ["'self'"]
    assert [value for value in allowed["style-src"] if not value.startswith("'nonce-")] == ["'self'"]


def test_a_page_without_a_form_sets_no_cookie(client: Client) -> None:
    for address in ("/", "/accessibility/", "/no/such/page/"):
        assert dict(client.get(address).cookies) == {}


# --- Errors ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/no/such/page/", 404, "没有找到这个页面"),
        ("/denied/", 403, "您不能自己批准自己的建议"),
        ("/denied-plainly/", 403, "这个页面只对特定的人员开放"),
        ("/broken/", 500, "这是我们的问题"),
        ("/locked/", 503, "系统正忙"),
        ("/no-table/", 500, "这是我们的问题"),
    ],
)
def test_error_pages_are_plain_chinese_and_give_the_text_back(
    visitor: Client, address: str, status: int, words: str
) -> None:
    answer = visitor.post(address, {"body": TEXT, "password": "秘密的密码", "category": "lift"})
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert f">{TEXT}</textarea>" in page
    assert page.count("</textarea>") == 1  # neither the password nor a choice
    assert "a fault of ours" not in page and "role missing" not in page


def test_a_technical_refusal_is_not_shown(visitor: Client) -> None:
    assert "role missing" not in visitor.get("/denied-plainly/").content.decode()


def test_a_busy_database_is_503_and_says_when_to_come_back(visitor: Client) -> None:
    assert visitor.get("/locked/")["Retry-After"] == "30"


def test_500_and_503_need_no_database(visitor: Client, django_assert_num_queries) -> None:
    request = RequestFactory().post("/form/", {"body": TEXT})
    request.reference_id = "A1B2"
    with django_assert_num_queries(0):
        pages = [errors.server_error(request), errors.unavailable(request)]
    assert ['<strong class="number">A1B2</strong>' in page.content.decode() for page in pages] == [True, True]


def test_a_form_that_stood_open_too_long_gives_the_text_back() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["elder"] = "1"
    answer = strict.post("/form/?a=1", {"body": TEXT, "csrfmiddlewaretoken": "旧的令牌旧的令牌"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f">{TEXT}</textarea>" in page and "旧的令牌" not in page
    assert "Cookie" not in page


def test_without_cookies_the_reason_is_named() -> None:
    assert "允许 Cookie" in Client(enforce_csrf_checks=True).post("/form/", {"body": TEXT}).content.decode()


def test_what_a_foreign_site_posts_is_not_shown() -> None:
    answer = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"}).post("/form/", {"body": TEXT})
    assert answer.status_code == 403
    assert TEXT not in answer.content.decode()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_too_large_a_request_is_answered_with_413_not_with_a_fault(visitor: Client) -> None:
    answer = visitor.post("/lookup/", json.dumps({"body": TEXT}), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "提交的内容太大了" in answer.content.decode()


@pytest.mark.django_db
def test_the_address_behind_a_button_says_what_it_is_and_leads_back(visitor: Client) -> None:
    answer = visitor.get("/proposals/JY-430381001-2026-000001/support/")
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Allow"], "这个网址不能直接打开" in text) == (405, "POST", True)
    assert '<a href="/proposals/JY-430381001-2026-000001/">回到那一页</a>' in text


@pytest.mark.django_db
@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10, DEBUG=True)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_too_much_text_gets_our_page_with_debug_on_too(visitor: Client, kind: str) -> None:
    form = f'--b\r\nContent-Disposition: form-data; name="body"\r\n\r\n{TEXT}\r\n--b--\r\n'
    answer = visitor.post("/lookup/", form if "multipart" in kind else f"body={TEXT}", content_type=kind)
    assert (answer.status_code, "写的内容还在浏览器里" in answer.content.decode()) == (413, True)


def test_django_s_own_errors_speak_plainly() -> None:
    class Anything(forms.Form):
        title = forms.CharField(max_length=3)
        kind = forms.ChoiceField(choices=[("a", "甲")])
        day = forms.DateField()

    form = Anything({"title": "四个字了", "kind": "x", "day": "2020-13-45"})
    assert [errors[0] for errors in form.errors.values()] == [
        "最多3个字，现在4个字。",
        "没有“x”这个选项，请从列表中选择。",
        "请填写正确的日期，例如 2026-03-10。",
    ]
