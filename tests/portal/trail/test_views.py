import json
import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
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
    heads = [str(head) for head in Head.objects.order_by("-count")]

    def shown(text: str) -> list[str]:
        return re.findall(r"<td[^>]*><code[^>]*>(.*?)</code>", text)

    first = client.get(reverse("trail:home")).content.decode()
    assert shown(first) == heads[:30]
    following = re.search(r'rel="next" href="(\?cursor=[^"]+)"', first)[1]
    assert shown(client.get(reverse("trail:home") + following).content.decode()) == heads[30:]


@pytest.mark.parametrize("cursor", ["", "x", "-1", "9" * 40, "\x00"])
def test_odd_cursor_shows_the_first_page(client, cursor):
    assert client.get(reverse("trail:home"), {"cursor": cursor}).status_code == 200


@pytest.mark.parametrize("heads", [1, 3])
def test_page_costs_the_same_number_of_queries_for_one_head_and_three(heads, client, write):
    for _ in range(heads):
        write(1)
        services.seal()
    client.get(reverse("trail:home"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("trail:home"))
    assert len([query for query in queries if "trail_" in query["sql"]]) == 2


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
    assert address not in client.get(reverse("trail:home")).content.decode()
    assert Entry.objects.filter(verb="exported").count() == 0
    auditor = django_user_model.objects.create(username="auditor", is_superuser=True)
    client.force_login(auditor)
    assert f'action="{address}"' in client.get(reverse("trail:home")).content.decode()
    response = client.post(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert CANARY in body(response).decode()
    assert list(Entry.objects.filter(verb="exported").values_list("actor", flat=True)) == [auditor.trail_id]


def test_permission_to_export_exists(db):
    assert Permission.objects.filter(codename="export_entry", content_type__app_label="trail").count() == 1
