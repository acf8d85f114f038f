"""A code goes out once a minute, by number and by session; the server says so, whatever scripts do."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client

from .doors import last_code, signup_data, texts_sent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TOO_SOON = re.compile(r"验证码刚刚发过，请等 (\d+) 秒再获取；已经收到的验证码仍然有效。")
LOGIN = {"door": "phone", "phone": "13800000001"}


@pytest.fixture(autouse=True)
def strict(settings, time_machine):
    caches["default"].clear()
    settings.CODE_WAIT_SECONDS = 60
    settings.SMS_LOG.parent.mkdir(parents=True, exist_ok=True)
    settings.SMS_LOG.write_text("")
    time_machine.move_to(NOW, tick=False)


def left(page):
    return [int(seconds) for seconds in TOO_SOON.findall(page.content.decode())][:1]


def ask(client, follow=False, **values):
    return client.post("/accounts/login/code/", {**LOGIN, **values}, follow=follow)


@pytest.mark.parametrize("phone", ["13800000001", "13900000009"])  # known and unknown are told the same
def test_a_number_gets_one_login_code_a_minute_whoever_asks(cast, phone, time_machine):
    assert ask(Client(), phone=phone).status_code == 302
    time_machine.move_to(NOW + timedelta(seconds=18), tick=False)
    for typed in (phone, f"+86 {phone[:3]} {phone[3:]}"):
        refused = ask(Client(), phone=typed)
        assert (refused.status_code, left(refused), texts_sent().count(phone)) == (200, [42], 1)
    time_machine.move_to(NOW + timedelta(seconds=61), tick=False)
    assert (ask(Client(), phone=phone).status_code, texts_sent().count(phone)) == (302, 2)


def test_a_session_gets_one_code_a_minute_whatever_number_it_asks_for(cast, client, time_machine):
    ask(client)
    time_machine.move_to(NOW + timedelta(seconds=59), tick=False)
    refused = ask(client, follow=True, phone="13900000009")
    assert (left(refused), texts_sent().count("13900000009")) == ([1], 0)
    time_machine.move_to(NOW + timedelta(seconds=61), tick=False)
    assert ask(client, phone="13900000009").status_code == 302


def test_the_code_that_came_still_opens_the_door_on_the_page_that_the_refusal_shows(cast, client):
    ask(client)
    code = last_code()
    refused = ask(client, follow=True)
    assert (refused.redirect_chain, left(refused)) == ([("/accounts/login/code/confirm/", 302)], [60])
    assert 'name="code"' in refused.content.decode()
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert "_auth_user_id" in client.session


def test_after_the_wait_the_same_page_sends_another_code(cast, client, time_machine):
    ask(client)
    time_machine.move_to(NOW + timedelta(seconds=61), tick=False)
    assert ask(client)["Location"] == "/accounts/login/code/confirm/"
    assert texts_sent().count("13800000001") == 2
    client.post("/accounts/login/code/confirm/", {"code": last_code()})
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("phone", ["13900000001", "13800000001"])
def test_the_sign_up_code_waits_as_well(cast, client, phone, time_machine):
    client.post("/accounts/signup/", signup_data(phone=phone))
    refused = client.post("/accounts/phone/verify/", {"action": "resend"}, follow=True)
    assert (left(refused), texts_sent().count(phone)) == ([60], 1)
    time_machine.move_to(NOW + timedelta(seconds=61), tick=False)
    client.post("/accounts/phone/verify/", {"action": "resend"})
    assert texts_sent().count(phone) == 2


def test_a_wrong_form_begins_no_wait(client):
    assert client.post("/accounts/signup/", signup_data(captcha_1="99")).status_code == 200
    assert client.post("/accounts/signup/", signup_data()).status_code == 302


def test_a_mail_waits_as_well(client, time_machine):
    client.post("/accounts/signup/", signup_data(door="email", email="zhang@example.org", phone=""))
    refused = client.post("/accounts/confirm-email/", {"action": "resend"}, follow=True)
    assert (left(refused), len(mail.outbox)) == ([60], 1)
    time_machine.move_to(NOW + timedelta(seconds=61), tick=False)
    client.post("/accounts/confirm-email/", {"action": "resend"})
    assert len(mail.outbox) == 2


def test_a_new_number_of_somebody_logged_in_waits_as_well(client):
    from portal.accounts.services import create_user

    client.force_login(create_user(username="newcomer"))
    ask(Client(), phone="13900000009")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": NOW.timestamp()}]
    session.save()
    refused = client.post("/accounts/phone/change/", {"phone": "13900000009"})
    assert (left(refused), texts_sent().count("13900000009")) == ([60], 1)
