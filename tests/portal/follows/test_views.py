from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.follows.models import Follow


def log_in(client, django_user_model, name="resident"):
    user = django_user_model.objects.create_user(name, password="x" * 12)
    client.force_login(user)
    return user


def post(client, **given):
    return client.post("/follow/", {"kind": "thing", "key": "1", "next": "/things/1/"} | given)


def rows():
    return list(Follow.objects.values_list("subject_kind", "subject_key", "frequency"))


def test_the_button_may_be_pressed_twice(client, django_user_model, db, things):
    things["1"] = {None}
    log_in(client, django_user_model)
    for _ in range(2):
        answer = post(client, do="follow")
        assert (answer.status_code, answer["Location"]) == (302, "/things/1/")
    assert rows() == [("thing", "1", "immediate")]
    post(client, do="daily")
    assert rows() == [("thing", "1", "daily")]
    for _ in range(2):
        post(client, do="unfollow")
    assert rows() == []


def test_a_foreign_next_is_not_followed(client, django_user_model, db, things):
    things["1"] = {None}
    log_in(client, django_user_model)
    for strange in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert post(client, do="follow", next=strange)["Location"] == "/things/1/"


def test_what_one_may_not_see_cannot_be_followed_and_looks_like_nothing(client, django_user_model, db, things):
    things["1"] = {0}
    log_in(client, django_user_model)
    assert [post(client).status_code, post(client, key="2").status_code, post(client, kind="x").status_code] == [
        404
    ] * 3
    assert rows() == []


def test_a_visitor_logs_in_and_comes_back_to_confirm(client, django_user_model, db, things):
    things["1"] = {None}
    answer = post(client, do="follow")
    assert answer.status_code == 302
    assert answer["Location"] == (
        "/accounts/login/?next=/follow/%3Fkind%3Dthing%26key%3D1%26next%3D%252Fthings%252F1%252F"
    )
    log_in(client, django_user_model)
    page = client.get("/follow/", {"kind": "thing", "key": "1", "next": "/things/1/"}).content.decode()
    assert ["事情1" in page, 'value="follow"' in page] == [True, True]
    assert rows() == []


def test_the_list_hides_titles_one_may_not_see_any_more(client, django_user_model, db, things):
    user = log_in(client, django_user_model)
    things["1"], things["2"] = {user.pk}, {0}
    for key in ("1", "2"):
        Follow.objects.create(user=user, subject_kind="thing", subject_key=key)
    page = client.get("/me/follows/").content.decode()
    assert ["事情1" in page, "事情2" in page, "这件事目前不公开" in page] == [True, False, True]


def test_the_list_takes_a_constant_number_of_queries(client, django_user_model, db, things):
    user = log_in(client, django_user_model)
    client.get("/me/follows/")  # what a process reads once is read now
    counts = []
    for key in ("1", "2", "3"):
        things[key] = {None}
        Follow.objects.create(user=user, subject_kind="thing", subject_key=key)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/me/follows/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_the_button_of_a_visitor_carries_no_token(things):
    request = RequestFactory().get("/things/1/?page=2")
    request.user = AnonymousUser()
    html = Template('{% load follows %}{% follow_button "thing" "1" %}').render(Context({"request": request}))
    assert ["csrf" in html, "/follow/?kind=thing&amp;key=1&amp;next=%2Fthings%2F1%2F%3Fpage%3D2" in html] == [
        False,
        True,
    ]
