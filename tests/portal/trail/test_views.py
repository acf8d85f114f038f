import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.trail import services
from portal.trail.models import Entry, Head

pytestmark = pytest.mark.django_db
CANARY = "第0条"


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_page_shows_heads_newest_first_and_pages_by_key(client, write):
    for _ in range(32):
        write(1)
        services.seal()
    newest, oldest = str(Head.objects.latest("count")), str(Head.objects.get(count=1))
    first = client.get(reverse("trail:home")).content.decode()
    assert (newest in first, oldest in first, "?before=3" in first) == (True, False, True)
    second = client.get(reverse("trail:home"), {"before": 3}).content.decode()
    assert oldest in second


@pytest.mark.parametrize("cursor", ["", "x", "-1", "9" * 40, "³"])
def test_odd_cursor_shows_the_first_page(client, cursor):
    assert client.get(reverse("trail:home"), {"before": cursor}).status_code == 200


def test_public_downloads_hold_hashes_only(client, write):
    write(2)
    services.seal()
    chain = body(client.get(reverse("trail:chain"))).decode()
    assert [sorted(json.loads(line)) for line in chain.splitlines()] == [
        ["chain_hash", "entry_hash", "position"],
        ["chain_hash", "entry_hash", "position"],
        ["head"],
    ]
    page = client.get(reverse("trail:home")).content.decode()
    assert CANARY not in chain + page
    assert b"import argparse" in client.get(reverse("trail:verifier")).content


def test_full_export_is_for_those_granted_it_and_is_recorded(client, write, django_user_model):
    write(1)
    services.seal()
    address = reverse("trail:full")
    assert client.post(address).status_code == 403
    person = django_user_model.objects.create(username="resident")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 405
    assert Entry.objects.filter(verb="exported").count() == 0
    auditor = django_user_model.objects.create(username="auditor", is_superuser=True)
    client.force_login(auditor)
    response = client.post(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert CANARY in body(response).decode()
    assert list(Entry.objects.filter(verb="exported").values_list("actor", flat=True)) == [auditor.trail_id]


def test_permission_to_export_exists(db):
    assert Permission.objects.filter(codename="export_entry", content_type__app_label="trail").count() == 1
