"""Supports and submissions under parallel requests, against the real server with two workers."""

import random
import re

import pytest

from tests.races.conftest import CROWDS
from tests.races.harness import at_once
from tests.servers import Client, Server

REPEATS = 5
IDENTICAL = 20
NUMBER = re.compile(r"JY-\d{9}-\d{4}-\d{6}")


def resident(server: Server, session_key: str) -> Client:
    client = server.client()
    client.log_in(session_key)
    return client


@pytest.mark.parametrize("count", CROWDS)
def test_residents_who_all_support_five_times_at_once_are_as_many_rows(
    server: Server, residents: list[str], count: int
) -> None:
    number = server.published_proposal()
    clients = [resident(server, key) for key in residents[:count]]
    page = f"/proposals/{number}/"
    assert {answer.status for answer in at_once([lambda c=c: c.get(page) for c in clients])} == {200}  # type: ignore[misc]
    presses = [client.twin() for client in clients for _ in range(REPEATS)]
    random.Random(3).shuffle(presses)

    answers = at_once([lambda c=c: c.post(f"{page}support/", {"do": "support"}) for c in presses])  # type: ignore[misc]

    assert {answer.status for answer in answers} == {302}
    [(pk, counter)] = server.rows(f"SELECT id, support_count FROM proposals_proposal WHERE number = '{number}'")
    rows = server.rows(f"SELECT count(*), count(DISTINCT user_id) FROM proposals_support WHERE proposal_id = {pk}")
    assert (rows, counter) == ([(count, count)], count)


def fill_in(client: Client) -> str:
    """Walk the short pages up to the last one; the address of the check-answers page."""
    first = client.get("/proposals/new/")
    assert first.status == 200
    words = {"title": "菜市场雨棚漏水", "body": "菜市场的雨棚漏水，下雨时通道积水，希望尽快维修。"}
    answer = client.post("/proposals/new/", client.fields(first, "form_key") | words)
    for values in (
        {"division": "430381001000"},
        {"division": "430381001000", "community": ""},
        {"category_group": "unsure"},
        {"name": ""},
    ):
        here = answer.headers["Location"]
        page = client.get(here)
        assert page.status == 200
        answer = client.post(here, values)
        assert answer.status == 302, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))[:600]
    assert answer.headers["Location"].endswith("/check/")
    return answer.headers["Location"]


def test_twenty_parallel_identical_submissions_are_one_row_with_one_number_in_all_answers(
    server: Server, residents: list[str]
) -> None:
    client = resident(server, residents[0])
    check = fill_in(client)
    form = client.fields(client.get(check), 'method="post"')
    before = server.rows("SELECT count(*) FROM proposals_proposal")[0][0]

    twins = [client.twin() for _ in range(IDENTICAL)]
    answers = at_once([lambda c=c: c.post(check, form) for c in twins])  # type: ignore[misc]

    numbers = [NUMBER.findall(answer.headers["Location"] or "") for answer in answers]
    assert {answer.status for answer in answers} == {302}
    assert len({number for found in numbers for number in found}) == 1
    assert [len(found) for found in numbers] == [1] * IDENTICAL
    after = server.rows("SELECT count(*) FROM proposals_proposal")[0][0]
    assert after - before == 1
    # reload and back afterwards: the same number once more
    assert NUMBER.findall(client.post(check, form).headers["Location"]) == numbers[0]
