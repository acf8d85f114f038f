"""R35, the cheap half: what somebody typed is letters on every page of ours and in every mail.

Chromium without its policy is asked in tests/journeys/test_payloads.py. Here a third of the routes with each commit
(decision 0007).
"""

from html.parser import HTMLParser

import pytest
from django.test import Client

from portal.outbox.models import Delivery
from portal.outbox.services.composing import digest_for, mail_for
from tests.architecture.objects import Objects
from tests.architecture.permission_sets import VISITOR
from tests.architecture.permission_table import TABLE
from tests.architecture.permission_table_library import LIBRARY
from tests.architecture.routes import all_routes
from tests.conftest import Cast, commit_number, is_in_turn
from tests.payloads import FRAMES, HANDLERS, PAYLOADS, SHORT, plant

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROWS = TABLE | LIBRARY
INSIDE = ("admin", "moderator", "resident", "resident2")  # who sees most of a page
ADDRESSES = {"href", "src", "action", "formaction", "data"}


class Running(HTMLParser):
    """Collects what of a payload would run: handlers, addresses, scripts, documents in frames."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_script = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        kind = dict(attributes).get("type") or ""
        self.is_script = tag == "script" and not kind.endswith("json")
        for name, value in attributes:
            text = (value or "").strip().lower()
            runs = name.startswith("on") or name == "srcdoc"
            if (runs and "hit=1" in text) or (name in ADDRESSES and text.startswith("javascript:")):
                self.found.append(f"<{tag} {name}={text[:40]}>")

    def handle_data(self, data: str) -> None:
        if self.is_script and "hit=1" in data:
            self.found.append(data[:60])

    def handle_endtag(self, tag: str) -> None:
        self.is_script = False


def running(page: str) -> list[str]:
    parser = Running()
    parser.feed(page)
    parser.close()
    return parser.found


def test_each_payload_would_be_noticed() -> None:
    assert len(PAYLOADS) == len(FRAMES) * len(HANDLERS) == 60
    assert [payload for payload in [*HANDLERS, SHORT] if not running(payload)] == []


def test_what_is_typed_is_letters_on_every_page_of_ours_and_in_mails(cast: Cast) -> None:
    objects = Objects(cast)
    addresses = {}
    for route in all_routes():
        if route.is_ours and ROWS[route.key].get:
            addresses[route.key] = route.path(objects.values(route)) + f"?{objects.query(route)}"
    found = plant([*PAYLOADS, SHORT])
    assert len(found["planted"]) > 100
    wrong, opened, shown, number = [], 0, 0, commit_number()
    clients = {VISITOR: Client(raise_request_exception=False)}
    for key, address in addresses.items():
        allowed = ROWS[key].get
        inside = next((each for each in INSIDE if each in allowed), min(allowed))
        for person in sorted({inside} | ({VISITOR} & allowed)):
            if not is_in_turn(key, number):
                continue
            if person not in clients:
                clients[person] = Client(raise_request_exception=False)
                clients[person].force_login(cast[person])
            answer = clients[person].get(address)
            if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
                continue
            page = answer.content.decode()
            opened, shown = opened + 1, shown + ("hit=1" in page)
            if answer.status_code >= 500 or running(page):
                wrong.append(f"{address} as {person}: {answer.status_code} {running(page)}")
    rows = list(Delivery.objects.select_related("message__recipient")[:20])
    for letter in [digest_for(rows[:1], "a@example.com"), *(mail_for(row, "a@example.com") for row in rows)]:
        text = str(letter.alternatives[0][0])
        wrong += [f"mail {letter.subject}"] if "hit=1" not in text or running(text) else []
    print(f"\n{len(found['planted'])} columns, {opened} pages of {len(addresses)} routes, {shown} show a payload")
    assert wrong == []
    assert shown > opened / 3
