"""The doors: signing up and logging in by code and by password (decisions 15, 17; R30, R31)."""

import re

import pytest
from django.conf import settings as live_settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.test import Client

from portal.accounts.models import Consent
from portal.accounts.services import set_phone_verified

from .doors import last_code, signup_data, texts_sent

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture(autouse=True)
def fresh(settings):
    caches["default"].clear()
    live_settings.SMS_LOG.parent.mkdir(parents=True, exist_ok=True)
    live_settings.SMS_LOG.unlink(missing_ok=True)


def test_signing_up_by_phone_makes_a_verified_resident(client):
    answer = client.post("/accounts/signup/", signup_data(phone="１３９ 0000-0001"))
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/phone/verify/")
    answer = client.post("/accounts/phone/verify/", {"code": last_code()})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    user = User.objects.with_phone("13900000001").get()
    assert (user.verification, user.is_verified, user.has_usable_password()) == ("phone", True, False)
    assert user.age_confirmed_at is not None
    agreed = Consent.objects.filter(user=user).order_by("purpose").values_list("purpose", "version")
    assert list(agreed) == [("privacy", "2026-01"), ("terms", "2026-01")]
    assert client.get("/me/").status_code == 200


def test_the_phone_is_sealed_in_the_database(client, django_assert_num_queries):
    from django.db import connection

    client.post("/accounts/signup/", signup_data())
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_user")
        assert [row[0][:3] for row in cursor.fetchall()] == ["v1."]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"is_over_14": ""}, ["is_over_14"]),
        ({"accepts_privacy": ""}, ["accepts_privacy"]),
        ({"phone": "12345"}, ["phone"]),
        ({"phone": "0731-88660000"}, ["phone"]),
        ({"captcha_1": "99"}, ["captcha"]),
        ({"website": "x"}, ["website"]),
        ({"phone": ""}, ["phone"]),
    ],
)
def test_what_sign_up_refuses(client, changes, fields):
    answer = client.post("/accounts/signup/", signup_data(**changes))
    assert (answer.status_code, list(answer.context["form"].errors), User.objects.count()) == (200, fields, 0)


def test_over_posting_to_sign_up_changes_nothing_else(client):
    extra = {
        field.name: "1" for field in User._meta.get_fields() if field.concrete and field.name not in ("phone", "email")
    }
    client.post("/accounts/signup/", {**extra, **signup_data()})
    user = User.objects.with_phone("13900000001").get()
    assert (user.is_superuser, user.is_staff, user.is_verified, user.real_name, user.username[:2]) == (
        False, False, False, "", "r-",
    )  # fmt: skip


def test_signing_up_by_email_needs_the_code(client):
    answer = client.post("/accounts/signup/", signup_data(door="email", email="Zhang@Example.org", phone=""))
    assert answer["Location"] == "/accounts/confirm-email/"
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body)[1]
    answer = client.post("/accounts/confirm-email/", {"code": code})
    assert answer["Location"] == "/me/"
    assert User.objects.get().email == "zhang@example.org"


def test_a_second_mail_code_can_be_had_and_lives_its_full_time(client, time_machine):
    time_machine.move_to("2026-03-10T10:00:00+08:00", tick=False)
    client.post("/accounts/signup/", signup_data(door="email", email="zhang@example.org", phone=""))
    assert "重新发送验证码" in client.get("/accounts/confirm-email/").content.decode()
    time_machine.move_to("2026-03-10T10:04:00+08:00", tick=False)
    assert client.post("/accounts/confirm-email/", {"action": "resend"})["Location"] == "/accounts/confirm-email/"
    time_machine.move_to("2026-03-10T10:08:00+08:00", tick=False)
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body)[1]
    assert (len(mail.outbox), client.post("/accounts/confirm-email/", {"code": code})["Location"]) == (2, "/me/")


def test_display_modes_are_remembered_in_the_account_and_come_on_with_the_next_log_in(cast, client):
    client.force_login(cast.resident)
    client.post("/modes/", {"elder": "1"})
    client.post("/modes/", {"contrast": "1"})
    client.post("/modes/", {"elder": "0"})
    cast.resident.refresh_from_db()
    assert (cast.resident.prefers_elder_mode, cast.resident.prefers_high_contrast) == (False, True)
    elsewhere = Client()
    code_login(elsewhere, "13800000001")
    assert [name in elsewhere.cookies for name in ("elder", "contrast")] == [False, True]


def code_login(client, phone):
    answer = client.post("/accounts/login/code/", {"door": "phone", "phone": phone})
    assert answer["Location"] == "/accounts/login/code/confirm/"
    return client.post("/accounts/login/code/confirm/", {"code": last_code()})


def test_logging_in_by_code_asks_no_captcha(cast, client):
    assert "captcha" not in client.get("/accounts/login/code/").content.decode()
    assert "captcha" not in client.get("/accounts/login/").content.decode()
    assert code_login(client, "+86 13800000001")["Location"] == "/me/"
    assert int(client.session["_auth_user_id"]) == cast.resident.pk


def test_a_code_serves_once_and_three_wrong_ones_end_it(cast, client):
    client.post("/accounts/login/code/", {"door": "phone", "phone": "13800000001"})
    right = last_code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": wrong})
    client.post("/accounts/login/code/confirm/", {"code": right})
    assert "_auth_user_id" not in client.session


# what differs from page to page by nature: the token, and the number that was typed
NATURAL = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]+"|1[389]\d{9}|name="form_age" value="[^"]*"|captcha[^>]*>'
)


def traces(client, url, data):
    """Everything a stranger sees: the answer and the page it leads to."""
    answer = client.post(url, data)
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    headers = {key: value for key, value in page.headers.items() if key not in ("Content-Length", "Expires")}
    return answer.status_code, answer.headers.get("Location"), page.status_code, headers, NATURAL.sub(b"", page.content)


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("/accounts/login/code/", lambda phone: {"door": "phone", "phone": phone}),
        ("/accounts/signup/", lambda phone: signup_data(phone=phone)),
        ("/accounts/login/", lambda phone: {"login": phone, "password": "wrong-password"}),
    ],
)
def test_a_known_number_looks_like_an_unknown_one(cast, client, django_user_model, url, data):
    client.get("/accounts/login/")  # the token's cookie is there in both cases
    known = traces(client, url, data("13800000001"))
    client.cookies.clear()
    client.get("/accounts/login/")
    assert traces(client, url, data("13900000009")) == known


def test_a_text_goes_out_whether_or_not_there_is_an_account(cast, client):
    client.post("/accounts/login/code/", {"door": "phone", "phone": "13900000009"})
    assert "13900000009" in texts_sent()
    assert re.search(r"\b\d{6}\b", texts_sent()) is None


def test_a_fake_code_page_never_lets_anybody_in(client):
    client.post("/accounts/login/code/", {"door": "phone", "phone": "13900000009"})
    for code in ("000000", "", "123456"):
        client.post("/accounts/login/code/confirm/", {"code": code})
    assert ("_auth_user_id" in client.session, User.objects.count()) == (False, 0)


def test_staff_log_in_by_user_name_and_password(cast, client):
    cast.clerk.set_password("a long pass phrase")
    cast.clerk.save()
    answer = client.post("/accounts/login/", {"login": "ｃｌｅｒｋ ", "password": "a long pass phrase"})
    assert answer["Location"] == "/me/"


def test_five_wrong_passwords_close_the_door_for_a_stranger_but_not_for_a_known_device(cast, client, client_at):
    cast.clerk.set_password("a long pass phrase")
    cast.clerk.save()
    right = {"login": "clerk", "password": "a long pass phrase"}
    assert client.post("/accounts/login/", right).status_code == 302
    client.post("/accounts/logout/")
    reached = []
    for turn in range(8):
        answer = client_at(f"6.6.6.{turn}").post("/accounts/login/", {"login": "clerk", "password": "guess"})
        reached.append("用户名或密码不对" in answer.content.decode())
    assert reached == [True] * 5 + [False] * 3
    assert client_at("7.7.7.7").post("/accounts/login/", right).status_code == 200
    assert client.post("/accounts/login/", right).status_code == 302


@pytest.fixture
def client_at():
    from django.test import Client

    return lambda address: Client(REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=address)


def test_an_alias_of_the_account_shares_its_count(cast, client):
    cast.clerk.set_password("a long pass phrase")
    cast.clerk.email = "clerk@example.org"
    cast.clerk.save()
    for login in ("clerk", "clerk@example.org", "CLERK", "clerk@example.org", "clerk"):
        client.post("/accounts/login/", {"login": login, "password": "guess"})
    answer = client.post("/accounts/login/", {"login": "clerk", "password": "a long pass phrase"})
    assert "尝试次数太多" in answer.content.decode()


def test_without_text_messages_the_phone_door_is_closed_and_says_so(client, settings):
    settings.SMS_GATEWAY = ""
    settings.DEMO_CHANNELS = False
    settings.EMAIL_HOST = ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for url in ("/accounts/login/", "/accounts/login/code/", "/accounts/signup/"):
        page = client.get(url).content.decode()
        assert ("本站还没有开通短信和邮件" in page, 'name="phone"' in page, 'name="email"' in page) == (
            True, False, False,
        ), url  # fmt: skip
    answer = client.post("/accounts/login/code/", {"door": "phone", "phone": "13800000001"})
    assert (answer.status_code, "本站还没有开通短信和邮件" in answer.content.decode()) == (200, True)


def test_wagtail_has_no_log_in_of_its_own(cast, client):
    assert client.get("/admin/login/?next=/admin/pages/")["Location"] == "/accounts/login/?next=%2Fadmin%2Fpages%2F"
    assert client.post("/admin/login/", {"username": "admin", "password": "x"}).status_code == 302
    assert client.get("/admin/password_reset/")["Location"].startswith("/accounts/login/")
    assert client.get("/admin/")["Location"] == "/accounts/login/?next=/admin/"


def test_an_unverified_number_taken_by_a_stranger_is_its_owners_with_a_code(client):
    client.post("/accounts/signup/", signup_data())  # somebody typed the owner's number
    client.cookies.clear()
    assert code_login(client, "13900000001")["Location"] == "/me/"
    assert User.objects.with_phone("13900000001").get().is_verified is True


def test_a_number_has_one_account(cast):
    from portal.accounts.services import AccountRefused

    with pytest.raises(AccountRefused) as refused:
        set_phone_verified(user=cast.resident2, phone="13800000001")
    assert refused.value.code == "phone_taken"


PAGES = [
    "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/?door=email", "/accounts/signup/",
    "/accounts/signup/?door=email", "/accounts/password/reset/", "/accounts/inactive/", "/accounts/privacy/",
]  # fmt: skip
OWN_PAGES = [
    "/me/", "/me/details/", "/me/data/", "/me/cancel/", "/accounts/logout/", "/accounts/email/",
    "/accounts/phone/change/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/", "/accounts/sessions/", "/accounts/reauthenticate/",
]  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_every_door_is_in_chinese_without_inline_code(client, url):
    page = client.get(url).content.decode()
    assert check_page(page) == []


@pytest.mark.parametrize("url", OWN_PAGES)
def test_every_own_page_is_in_chinese_without_inline_code(cast, client, url):
    cast.resident.set_password("a long pass phrase")
    cast.resident.save()
    client.post("/accounts/login/", {"login": "resident", "password": "a long pass phrase"})
    answer = client.get(url)
    if answer.status_code == 302 and "reauthenticate" in answer["Location"]:
        answer = client.post(answer["Location"], {"password": "a long pass phrase"}, follow=True)
    assert answer.status_code == 200
    assert check_page(answer.content.decode()) == []
    assert "no-store" in answer.headers.get("Cache-Control", "") or url.startswith("/accounts/")


def check_page(page):
    """English sentences, inline scripts, inline styles and foreign addresses that a page still holds."""
    body = re.sub(r"<script[^>]*type=\"application/(?:ld\+)?json\".*?</script>", "", page, flags=re.S)
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", body[body.index("<main") : body.index("</main>")], flags=re.S)
    return [
        *re.findall(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", words),
        *re.findall(r"<script(?![^>]*src=)[^>]*>", body),
        *re.findall(r"<style|\sstyle=|\son[a-z]+=", re.sub(r"<svg.*?</svg>", "", body, flags=re.S)),
        *re.findall(r'(?:src|href)="https?://[^"]*', body),
    ]


def test_a_resident_is_refused_at_the_staff_door_in_chinese(cast, client):
    client.force_login(cast.resident)
    for address in ("/admin/", "/admin/people/"):
        answer = client.get(address)
        assert (answer.status_code, "您不能打开这个页面" in answer.content.decode()) == (403, True)
    assert client.get("/admin/login/?next=/admin/").status_code == 302
    client.logout()
    assert client.get("/admin/").status_code == 302


def test_the_code_page_tells_everybody_how_to_sign_up_and_keeps_where_they_were_going(cast, client):
    data = {"door": "phone", "phone": "13900000009", "next": "/proposals/new/text/"}
    address = client.post("/accounts/login/code/", data)["Location"]
    page = client.get(address).content.decode()
    assert "没有注册过的号码收不到登录验证码，请先注册" in page
    assert '/accounts/signup/?next=%2Fproposals%2Fnew%2Ftext%2F"' in page
    assert 'name="next" value="/accounts/login/?next=%2Fproposals%2Fnew%2Ftext%2F"' in page
    assert page.count("验证码已发往") == 1


def test_who_was_on_the_way_to_a_proposal_chooses_between_two_doors(client):
    names = ("注册（第一次来）", "登录（来过）")
    page = client.get("/accounts/login/?next=/proposals/new/text/").content.decode()
    assert [name in page for name in names] == [True, True]
    page = client.get("/accounts/login/").content.decode()
    assert [name in page for name in names] == [False, False]


def test_a_wrong_password_leaves_every_door_open(cast, client):
    page = client.post("/accounts/login/", {"login": "clerk", "password": "guess"}).content.decode()
    assert ["获取验证码" in page, 'name="phone"' in page, "还没有账号？" in page] == [True, True, True]


def test_messages_and_follows_are_reached_from_ones_own_page(cast, client):
    from portal.outbox.services import queue_messages

    queue_messages(event="e", kind="proposal", recipients=[cast.resident], title="进展")
    client.force_login(cast.resident)
    page = client.get("/me/").content.decode()
    assert ['href="/me/messages/"' in page, 'href="/me/follows/"' in page, page.count("未读 1 条")] == [True, True, 3]


@pytest.mark.parametrize("phone", ["13900000001", "13800000001"])
def test_the_sign_up_code_can_be_had_again_by_every_number(cast, client, phone):
    client.post("/accounts/signup/", signup_data(phone=phone))
    for count in (2, 3):
        answer = client.post("/accounts/phone/verify/", {"action": "resend"})
        assert (answer.status_code, texts_sent().count(phone)) == (302, count)
    page = client.get("/accounts/phone/verify/").content.decode()
    assert "重新发送验证码" not in page


def test_the_sign_up_text_says_what_its_code_is_for(client):
    client.post("/accounts/signup/", signup_data())
    assert "注册验证码" in texts_sent()


def test_the_devices_page_speaks_plainly(cast, client):
    from portal.accounts.templatetags.accounts import device_words

    phone = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36"
    assert device_words(phone + " MicroMessenger/8.0") == "手机或平板 · 微信"
    assert device_words("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36") == "电脑 · Chrome"


def test_password_rules_are_polite(cast, client):
    client.force_login(cast.resident)
    page = client.get("/accounts/password/set/").content.decode()
    assert ["再输一次新密码" in page, "至少 10 个字符" in page, "你的" in page] == [True, True, False]


def test_back_at_the_door_while_a_code_is_awaited_the_way_is_still_known(client):
    client.post("/accounts/login/code/", {"door": "phone", "phone": "13900000009"})
    answer = client.get("/accounts/login/?next=/proposals/new/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/code/confirm/?next=%2Fproposals%2Fnew%2F")
    assert "/accounts/signup/?next=%2Fproposals%2Fnew%2F" in client.get(answer["Location"]).content.decode()
    assert client.get("/accounts/login/?next=//elsewhere.example/")["Location"] == "/accounts/login/code/confirm/"


@pytest.mark.parametrize("is_taken", [False, True])
def test_after_too_many_wrong_codes_at_sign_up_the_number_is_still_there_and_the_way_on(client, is_taken):
    if is_taken:
        User.objects.create_user("owner", phone="13900000001")
    client.post("/accounts/signup/?next=/proposals/new/", signup_data(next="/proposals/new/"))
    wrong = "000000" if last_code_or_none() != "000000" else "111111"
    for _attempt in range(3):
        answer = client.post("/accounts/phone/verify/?next=/proposals/new/", {"code": wrong})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/signup/?next=%2Fproposals%2Fnew%2F")
    page = client.get(answer["Location"]).content.decode()
    assert ("重新获取验证码" in page, "13900000001" in page, "换用验证码登录" in page) == (True, True, False)


def last_code_or_none():
    return (re.findall(r"\b(\d{6})\b", texts_sent()) or [""])[-1]


def test_too_many_tries_in_a_row_get_a_page_of_ours(cast, client):
    client.force_login(cast.clerk)
    wrong = {"oldpassword": "x", "password1": "geheim-4711-lang", "password2": "geheim-4711-lang"}
    answers = [client.post("/accounts/password/change/", wrong) for _try in range(7)]
    last = answers[-1]
    assert (last.status_code, "操作太频繁" in last.content.decode()) == (429, True)
