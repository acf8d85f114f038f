"""Whose draft it is, before the log-in and after."""

import pytest
from django.test import Client

from participation.proposals.models import Draft
from participation.proposals.services import draft_content

from .writing import BODY, KEY, content, counts, page, text_of, words, write_to_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


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
