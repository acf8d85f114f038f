"""The seal's head reaches the auditors, so that a rewritten history is noticed from outside (decisions 9)."""

import pytest
from django.core.management import call_command

from portal.outbox.models import Delivery, Message
from portal.trail import services
from portal.trail.models import Head


def write() -> None:
    services.record(subject_kind="proposal", subject_key="1", verb="published")


@pytest.mark.django_db(transaction=True)
def test_the_first_head_of_a_day_is_mailed_to_the_auditor_and_published(cast, client, mailoutbox, settings):
    cast.auditor.email = "auditor@example.test"
    cast.auditor.save(update_fields=["email"])
    cast.auditor.emailaddress_set.update_or_create(
        email="auditor@example.test", defaults={"verified": True, "primary": True}
    )
    write()
    services.seal()
    first = Head.objects.get()
    write()
    services.seal()
    told = Message.objects.filter(kind="trail_head")
    assert [message.recipient for message in told] == [cast.auditor]
    assert str(first) in told.get().body
    assert list(told.get().deliveries.order_by("channel").values_list("channel", flat=True)) == [
        Delivery.Channel.EMAIL,
        Delivery.Channel.SITE,
    ]
    call_command("deliver_outbox")
    assert [(mail.to, str(first) in mail.body) for mail in mailoutbox] == [(["auditor@example.test"], True)]
    page = client.get("/trail/").content.decode()
    assert all(str(head) in page for head in Head.objects.all())


@pytest.mark.django_db
def test_nobody_but_auditors_has_a_row_for_heads_in_their_settings(cast, client):
    client.force_login(cast.resident, backend="portal.accounts.backends.ScopedRoleBackend")
    assert "链头" not in client.get("/me/messages/settings/").content.decode()
