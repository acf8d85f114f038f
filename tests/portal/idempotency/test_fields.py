from django import forms
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

from portal.idempotency.fields import FormKeyField
from portal.idempotency.middleware import KeyReusedMiddleware
from portal.idempotency.services import KeyReused


class SlipForm(forms.Form):
    form_key = FormKeyField()


def test_each_fresh_form_has_its_own_key_and_a_bound_one_keeps_it():
    first, second = str(SlipForm()["form_key"]), str(SlipForm()["form_key"])
    assert first != second
    form = SlipForm({"form_key": "a" * 32})
    assert form.is_valid()
    assert form.cleaned_data["form_key"] == "a" * 32
    assert 'value="' + "a" * 32 in str(form["form_key"])


def test_a_missing_key_is_replaced_and_a_strange_one_refused():
    form = SlipForm({})
    assert form.is_valid()
    assert len(form.cleaned_data["form_key"]) == 32
    for strange in ("短", "a" * 15, "a" * 65, "<script>alert(1)</script>"):
        assert SlipForm({"form_key": strange}).errors == {"form_key": ["表单标识无效，请重新打开此页。"]}


def test_the_tag_writes_a_hidden_input():
    html = Template("{% load idempotency %}{% form_key_input key %}").render(Context({"key": "a" * 32}))
    assert html == f'<input type="hidden" name="form_key" value="{"a" * 32}" autocomplete="off">'


def test_only_a_reused_key_is_answered_by_the_middleware():
    middleware = KeyReusedMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(RequestFactory().post("/x/"), ValueError()) is None
    assert KeyReused("s")
