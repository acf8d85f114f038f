"""The deputy's own pages: what is asked, the answer, and that nobody else sees either."""

from typing import Any

import pytest
from django.test import Client

from participation.ledger import services
from participation.ledger.models import AskedDeputy, LedgerItem
from participation.ledger.states import State
from portal.idempotency.rules import new_key
from tests.conftest import Cast
from tests.factories import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> AskedDeputy:
    item = ledger.suggested(cast)
    return AskedDeputy.objects.get(suggestion__item=item, deputy__user=cast.deputy)


def as_person(client: Client, person: Any) -> Client:
    client.force_login(person, backend="portal.accounts.backends.ScopedRoleBackend")
    return client


def answer(client: Client, asked: AskedDeputy, key: str = "", **fields: str) -> Any:
    return client.post(f"/me/suggestions/{asked.pk}/", {"form_key": key or new_key(), **fields})


def test_the_deputy_sees_the_request_and_enters_the_number(cast: Cast, asked: AskedDeputy, client: Client) -> None:
    as_person(client, cast.deputy)
    assert "省道改造" in client.get("/me/").content.decode()
    assert "省道改造" in client.get("/me/suggestions/").content.decode()
    assert "请就省道改造提出代表建议" in client.get(f"/me/suggestions/{asked.pk}/").content.decode()
    key = new_key()
    for _time in range(2):  # a repeat is done already
        assert answer(client, asked, key, answer="proposed", outside_number="第12号").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.outside_number, asked.is_proxy) == ("proposed", "第12号", False)
    assert LedgerItem.objects.get().state == State.PROPOSED


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "请选择已提出或不提出。"), ({"answer": "proposed"}, "请填写代表建议编号。"),
        ({"answer": "declined", "reason": " "}, "请说明不提出的理由。"),
        ({"answer": "proposed", "outside_number": "第1号", "on": "2999-01-01"}, "日期不能晚于今天。"),
    ],
)  # fmt: skip
def test_half_an_answer_is_given_back(cast: Cast, asked: AskedDeputy, client: Client, fields: Any, words: str) -> None:
    response = answer(as_person(client, cast.deputy), asked, **fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert AskedDeputy.objects.get(pk=asked.pk).state == "asked"


@pytest.mark.parametrize("name", ["resident", "member", "committee", "unit", "admin"])
def test_nobody_else_opens_or_answers_it(cast: Cast, asked: AskedDeputy, client: Client, name: str) -> None:
    as_person(client, cast[name])
    assert client.get(f"/me/suggestions/{asked.pk}/").status_code == 404
    assert answer(client, asked, answer="proposed", outside_number="第1号").status_code == 404
    assert "省道改造" not in client.get("/me/suggestions/").content.decode()


def test_a_request_that_was_taken_back_is_gone(cast: Cast, asked: AskedDeputy, client: Client) -> None:
    services.take_back_item(item=asked.suggestion.item, by=cast.committee, reason="改请市代表")
    assert answer(as_person(client, cast.deputy), asked, answer="declined", reason="x").status_code == 404


def test_a_late_answer_changes_nothing(cast: Cast, asked: AskedDeputy, client: Client) -> None:
    services.propose_suggestion(asked=asked, by=cast.committee, outside_number="第9号")
    response = answer(as_person(client, cast.deputy), asked, answer="declined", reason="不提出")
    asked.refresh_from_db()
    assert (response.status_code, asked.state, asked.is_proxy) == (302, "proposed", True)
