"""Somebody without an account is told by whoever wrote the words down (decisions 5, 10)."""

import secrets

import pytest
from django.urls import reverse

from participation.proposals import services
from participation.proposals.models import Proposal
from portal.outbox.models import NoticeTask
from tests.factories import proposals as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def staff_can_log_in(cast):
    """Otherwise the clerk would be somebody to be told in person too."""
    for person in (cast.clerk, cast.committee):
        person.set_password("a-long-pass-phrase-1")
        person.save(update_fields=["password"])


def entered(by, **fields) -> Proposal:
    fields = {"division": make.subdistrict(), "body": make.BODY, "channel": "call", "name": "王示例"} | fields
    number = services.enter_for_resident(by=by, form_key=secrets.token_urlsafe(24), **fields).number
    return Proposal.objects.get(number=number)


def log_in(client, person):
    client.force_login(person, backend="portal.accounts.backends.ScopedRoleBackend")
    return client


def test_publication_of_a_call_gives_the_enterer_one_task_with_the_telephone(cast, client):
    proposal = entered(cast.clerk, phone="13900000009")
    assert NoticeTask.objects.count() == 0  # the number was told when it was written down
    services.publish_proposal(proposal=proposal, by=cast.moderator)
    task = NoticeTask.objects.get()
    assert (task.assignee, task.division, task.state) == (cast.clerk, proposal.division, "open")
    assert "13900000009" not in task.script
    page = log_in(client, cast.clerk).get(reverse("outbox_notice_tasks:edit", args=[task.pk])).content.decode()
    assert ("13900000009" in page, "王示例" in page) == (True, True)


def test_the_enterer_records_that_it_is_done_and_the_count_in_the_menu_goes(cast, client):
    services.publish_proposal(proposal=entered(cast.clerk), by=cast.moderator)
    browser = log_in(client, cast.clerk)
    assert "<strong>1</strong>件待我告知" in browser.get("/admin/").content.decode()
    task = NoticeTask.objects.get()
    browser.post(reverse("outbox_notice_tasks:edit", args=[task.pk]), {"way": "phone", "result": "told"})
    task.refresh_from_db()
    assert (task.state, "<strong>0</strong>件待我告知" in browser.get("/admin/").content.decode()) == ("told", True)


def test_nobody_else_of_another_place_sees_the_task(cast, client):
    services.publish_proposal(proposal=entered(cast.clerk), by=cast.moderator)
    log_in(client, cast.unit)
    assert client.get(reverse("outbox_notice_tasks:edit", args=[NoticeTask.objects.get().pk])).status_code != 200


def test_when_the_enterer_is_gone_somebody_of_the_place_is_asked(cast):
    proposal = entered(cast.clerk)
    cast.clerk.is_active = False
    cast.clerk.save(update_fields=["is_active"])
    services.publish_proposal(proposal=proposal, by=cast.moderator)
    assert NoticeTask.objects.get().assignee == cast.committee
