import pytest
from captcha.models import CaptchaStore
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.core.signing import dumps
from django.test import RequestFactory

from portal.gate.forms import AGE_SALT, AnonymousWriteForm

pytestmark = pytest.mark.django_db
READ_LONG_AGO = dumps(0, salt=AGE_SALT)  # 1970: there is no maximum age


class NoteForm(AnonymousWriteForm):
    gate_action = "message"
    text = forms.CharField()


class LimitedNoteForm(NoteForm):
    captcha_for = "limited"


@pytest.fixture(autouse=True)
def fresh_cache():
    caches["default"].clear()


@pytest.fixture
def request_of():
    def build(user=None):
        request = RequestFactory().post("/")
        request.user = user or AnonymousUser()
        return request

    return build


def answered(**data):
    key = CaptchaStore.generate_key()
    response = CaptchaStore.objects.get(hashkey=key).response
    return {"text": "路灯坏了", "form_age": READ_LONG_AGO, "captcha_0": key, "captcha_1": response, **data}


def test_a_visitor_who_answers_is_let_through(request_of):
    assert NoteForm(answered(), request=request_of()).errors == {}


def test_a_question_serves_once(request_of):
    data = answered()
    assert NoteForm(data, request=request_of()).is_valid() is True
    assert list(NoteForm(data, request=request_of()).errors) == ["captcha"]


def test_a_wrong_answer_is_refused_and_a_new_question_asked(request_of):
    form = NoteForm(answered(captcha_1="99"), request=request_of())
    assert form.errors == {"captcha": ["答案不对或题目已过期，请回答下面这道新题"]}
    assert form["captcha"].as_widget().count("等于几？") == 1


def test_a_filled_honeypot_is_refused(request_of):
    form = NoteForm(answered(website="http://spam.example"), request=request_of())
    assert list(form.errors) == ["website"]


def test_the_honeypot_is_hidden_from_everybody(request_of):
    form = NoteForm(request=request_of())
    assert [field.name for field in form.hidden_fields()] == ["website", "form_age"]
    assert str(form["website"]).startswith("<div hidden>")


def test_limits_end_in_a_question_and_never_in_a_lock_out(request_of, settings):
    settings.GATE_LIMITS = {**settings.GATE_LIMITS, "message_address": (2, 600)}
    plain = {"text": "路灯坏了", "form_age": READ_LONG_AGO}
    outcomes = [LimitedNoteForm(plain, request=request_of()).is_valid() for _ in range(3)]
    assert outcomes == [True, True, False]
    assert LimitedNoteForm(request=request_of()).asks_captcha is True
    assert LimitedNoteForm(answered(), request=request_of()).is_valid() is True


@pytest.mark.parametrize("age", ["", "made-up", dumps(0, salt="another")])
def test_a_made_up_age_is_asked_a_question(request_of, age):
    form = LimitedNoteForm({"text": "路灯坏了", "form_age": age}, request=request_of())
    assert form.errors == {"captcha": ["操作较快或较频繁，请先回答这道算术题，您填写的内容都还在"]}


def test_a_question_once_asked_stands_until_it_is_answered(request_of):
    assert list(LimitedNoteForm(answered(captcha_1=""), request=request_of()).errors) == ["captcha"]
    assert LimitedNoteForm(answered(), request=request_of()).errors == {}


def test_the_widget_holds_no_inline_script_or_style_and_a_description(request_of):
    html = str(NoteForm(request=request_of())["captcha"])
    assert ("<script" in html, "style=" in html) == (False, False)
    assert 'aria-describedby="id_captcha_words"' in html
    assert 'id="id_captcha_words"' in html


def test_the_image_is_served_and_nothing_else(client):
    key = CaptchaStore.generate_key()
    assert client.get(f"/captcha/image/{key}/")["Content-Type"] == "image/png"
    assert client.get(f"/captcha/image/{key}@2/").status_code == 200
    assert client.get("/captcha/image/unknown/").status_code == 410
