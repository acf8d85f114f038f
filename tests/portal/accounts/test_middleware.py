"""Idle time, two factors for staff (R33), the second fact, text that comes back."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.utils import timezone

from portal.accounts.kept_text import words_of
from portal.accounts.services import issue_temporary_password
from tests.factories.proposals import submitted

from .doors import last_code

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
User = get_user_model()


@pytest.fixture(autouse=True)
def fresh(settings):
    caches["default"].clear()
    settings.SMS_LOG.parent.mkdir(parents=True, exist_ok=True)


def log_in(client, user):
    user.set_password(PASSWORD)
    user.save()
    return client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})


def age_session(client, seconds):
    session = client.session
    session["last_seen"] = int(time.time()) - seconds
    session.save()


@pytest.mark.parametrize(
    ("name", "seconds", "status"),
    [("resident", 59 * 60, 200), ("resident", 61 * 60, 302), ("clerk", 14 * 60, 200), ("clerk", 16 * 60, 302)],
)
def test_idle_sessions_end(cast, client, name, seconds, status):
    client.force_login(cast[name])
    client.get("/me/")
    age_session(client, seconds)
    assert client.get("/me/").status_code == status


def test_what_was_typed_returns_after_log_in_to_the_same_person(cast, client):
    client.force_login(cast.resident)
    client.get("/me/")
    age_session(client, 61 * 60)
    typed = {"address": "望春门街道东风社区3栋", "nickname": "小河边", "csrfmiddlewaretoken": "x"}
    assert client.post("/me/details/", typed)["Location"] == "/accounts/login/?next=%2Fme%2Fdetails%2F"
    assert log_in(client, cast.resident).status_code == 302
    assert client.get("/me/details/")["Location"] == "/me/typed/"
    page = client.get("/me/typed/").content.decode()
    assert ("望春门街道东风社区3栋" in page, 'action="/me/details/"' in page) == (True, True)
    client.post("/me/details/", {"address": "望春门街道东风社区3栋", "nickname": "小河边"})
    assert User.objects.get(pk=cast.resident.pk).address == "望春门街道东风社区3栋"
    assert client.get("/me/details/").status_code == 200


def test_what_was_typed_is_not_shown_to_another_person(cast, client):
    client.force_login(cast.resident)
    client.get("/me/")
    age_session(client, 61 * 60)
    client.post("/me/details/", {"address": "望春门街道东风社区3栋"})
    log_in(client, cast.resident2)
    assert client.get("/me/details/").status_code == 200
    assert client.get("/me/typed/").status_code == 302


def test_passwords_and_codes_are_never_kept(cast, client):
    client.post("/me/details/", {"address": "望春门街道", "password1": "secret-one", "code": "123456"})
    names = [name for name, _value in client.session["kept_text"]["rows"]]
    assert names == ["address"]


def test_only_the_words_of_a_person_are_shown_again():
    rows = [["form_key", "2f1c0e7a-8d3b-4b52-9c61-0a7e5d1f2b3c"], ["form_age", "MTcz:abc"], ["capacity", "resident"]]
    assert words_of({"rows": [*rows, ["text", "路灯还是不亮"], ["contact", "13800138000"]]}) == [
        "路灯还是不亮",
        "13800138000",
    ]


# --- two factors ---------------------------------------------------------------------------------------------------
@pytest.fixture
def required(settings):
    settings.STAFF_MFA_REQUIRED = True


def totp_code(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


ADMIN_PAGES = ["/admin/", "/admin/pages/", "/admin/images/", "/admin/account/", "/admin/reports/locked/"]


@pytest.mark.parametrize("name", ["clerk", "director", "admin"])
def test_staff_without_a_second_factor_see_no_admin_page(cast, client, required, name):
    log_in(client, cast[name])
    assert [client.get(url).headers.get("Location") for url in ADMIN_PAGES] == ["/accounts/2fa/"] * len(ADMIN_PAGES)


def test_staff_without_a_second_factor_are_residents_outside_the_admin(cast, client, required):
    log_in(client, cast.auditor)
    assert client.post("/trail/full.jsonl").headers["Location"] == "/accounts/2fa/"
    unseen = f"/proposals/{submitted(cast.resident).number}/"
    client.force_login(cast.committee)
    assert (client.get("/proposals/").status_code, client.get(unseen).status_code) == (200, 404)
    client.force_login(cast.admin)
    assert client.get("/proposals/").headers["Location"] == "/accounts/2fa/"


def test_a_password_alone_opens_nothing_once_a_second_factor_is_set_up(cast, client, required):
    TOTP.activate(cast.clerk, "JBSWY3DPEHPK3PXP")
    assert log_in(client, cast.clerk)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/admin/").headers["Location"].startswith("/accounts/login/")
    code = totp_code("JBSWY3DPEHPK3PXP")
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    answer = client.post("/accounts/2fa/authenticate/", {"code": f"{full_width[:3]} {full_width[3:]}"})
    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_session_from_before_the_second_factor_does_not_count(cast, client, required):
    client.force_login(cast.clerk)
    TOTP.activate(cast.clerk, "JBSWY3DPEHPK3PXP")
    assert client.get("/admin/").headers["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_second_factor_opens_the_admin_in_that_session(cast, client, required):
    log_in(client, cast.clerk)
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200  # the password was given just now
    secret = page.context["form"].secret
    assert client.post("/accounts/2fa/totp/activate/", {"code": totp_code(secret)}).status_code == 302
    assert client.get("/admin/").status_code == 200
    stored = Authenticator.objects.get(user=cast.clerk, type="totp").data["secret"]
    assert stored.startswith("v1.")
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=cast.clerk, type="totp").count() == 1, answer.status_code


def test_the_password_is_asked_again_once_the_log_in_is_a_while_ago(cast, client):
    log_in(client, cast.clerk)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")


def test_the_page_of_a_new_key_speaks_one_language(cast, client):
    log_in(client, cast.clerk)
    text = client.get("/accounts/2fa/webauthn/add/").content.decode()
    assert [word in text for word in ("密钥的名称", ">Name", "无密码")] == [True, False, False]


def test_recovery_codes_can_be_printed(cast, client):
    log_in(client, cast.clerk)
    page = client.get("/accounts/2fa/totp/activate/")
    if page.status_code == 302:
        page = client.post(page["Location"], {"password": PASSWORD}, follow=True)
    client.post("/accounts/2fa/totp/activate/", {"code": totp_code(page.context["form"].secret)})
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert page.count("<li><code>") == 10
    assert 'href="/admin/"' in page, "whoever was sent here from the admin finds back"


def test_a_temporary_password_must_be_changed_first(cast, client):
    password = issue_temporary_password(user=cast.clerk, by=cast.director)
    client.post("/accounts/login/", {"login": "clerk", "password": password})
    assert [client.get(url)["Location"] for url in ("/me/", "/admin/")] == ["/accounts/password/change/"] * 2
    new = "another long pass phrase"
    client.post("/accounts/password/change/", {"oldpassword": password, "password1": new, "password2": new})
    assert client.get("/me/").status_code == 200


# --- the second fact -----------------------------------------------------------------------------------------------
def code_login(client, phone="13800000001"):
    client.post("/accounts/login/code/", {"door": "phone", "phone": phone})
    client.post("/accounts/login/code/confirm/", {"code": last_code()})


def test_a_code_from_a_new_device_shows_no_earlier_matters_without_a_second_fact(cast, client):
    code_login(client)
    assert [client.get(url)["Location"].split("?")[0] for url in ("/me/", "/me/data/", "/me/details/")] == [
        "/me/confirm/"
    ] * 3
    assert "和登记的不一样" in client.post("/me/confirm/", {"answer": "李"}).content.decode()
    assert client.post("/me/confirm/", {"answer": "张"})["Location"] == "/me/"
    assert client.get("/me/").status_code == 200


def test_a_known_device_is_not_asked_again_until_long_disuse(cast, client):
    code_login(client)
    client.post("/me/confirm/", {"answer": "张"})
    client.post("/accounts/logout/")
    code_login(client)
    assert client.get("/me/").status_code == 200
    client.post("/accounts/logout/")
    User.objects.filter(pk=cast.resident.pk).update(last_login="2020-01-01T00:00:00+08:00")
    code_login(client)
    assert client.get("/me/").status_code == 302


def test_guessing_the_second_fact_is_limited(cast, client):
    code_login(client)
    pages = [client.post("/me/confirm/", {"answer": "李"}).content.decode() for _ in range(6)]
    assert ["尝试次数太多" in page for page in pages] == [False] * 5 + [True]


def test_a_password_is_fact_enough(cast, client):
    log_in(client, cast.resident)
    assert client.get("/me/").status_code == 200


def test_nobody_is_asked_who_left_nothing_behind(db, client):
    from portal.accounts.services import create_user

    create_user(phone="13900000003")
    code_login(client, "13900000003")
    assert client.get("/me/").status_code == 200


def test_an_article_is_shown_again_as_words_without_the_editors_own_fields() -> None:
    running = '{"blocks":[{"key":"a","text":"会上听取了进展。"},{"key":"b","text":"下一步公布。"}],"entityMap":{}}'
    rows = [
        ["title", "议事会"],
        ["loaded_revision_id", "12345"],
        ["body-0-type", "paragraph"],
        ["body-0-value", running],
    ]
    assert words_of({"rows": rows}) == ["议事会", "会上听取了进展。\n下一步公布。"]
