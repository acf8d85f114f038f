"""Similar matters beside what is being written."""

import re

import pytest
from django.core.management import call_command

from participation.proposals.models import Draft
from tests.factories.proposals import published

from .writing import BODY, page, text_of, words, write_to_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def test_similar_proposals_are_shown_while_writing_and_on_the_next_page(cast, client):
    near = published(cast.resident2, cast.moderator)
    assert near.title in text_of(client.get("/proposals/similar/", {"q": "三眼井社区路灯坏了没人修"}))
    assert text_of(client.get("/proposals/similar/", {"q": "路灯"})).strip() == ""
    client.post("/proposals/new/", words())
    shown = text_of(client.get(page("place")))
    assert ("已经有人提过类似的事" in shown, near.title in shown) == (True, True)


@pytest.mark.parametrize(
    "query", ["q=%00%00%00%00&division=%00", "q=" + "路" * 400, "division=99999999999999999999&q=路灯坏了啊"]
)
def test_hostile_questions_for_similar_ones_are_answered(cast, client, query):
    assert client.get(f"/proposals/similar/?{query}").status_code == 200


def test_the_name_of_the_subdistrict_alone_makes_nothing_similar(cast, client):
    published(cast.resident2, cast.moderator)
    assert text_of(client.get("/proposals/similar/", {"q": "望春门那里的树枝挡住了窗户"})).strip() == ""


def test_a_confidential_proposal_is_never_similar(cast, client):
    published(cast.resident2, cast.moderator, is_confidential=True)
    assert text_of(client.get("/proposals/similar/", {"q": BODY})).strip() == ""


def test_pages_are_not_kept_by_caches(cast, client):
    write_to_check(client)
    assert ["no-store" in client.get(url)["Cache-Control"] for url in ("/proposals/new/", page("check"))] == [
        True,
        True,
    ]
    assert re.search(r"<form[^>]*novalidate", client.get("/proposals/new/").content.decode())


def test_stale_drafts_are_removed_by_the_periodic_job(cast, client, time_machine):
    client.post("/proposals/new/", words())
    Draft.objects.update(updated_at="2020-01-01T00:00:00Z")
    call_command("runperiodic")
    assert Draft.objects.count() == 0
