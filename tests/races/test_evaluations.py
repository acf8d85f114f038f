"""Raters, two hundred in full, who all answer five times at once, against the real server with two workers (R1)."""

import pytest

from tests.races.conftest import CROWDS
from tests.races.harness import at_once
from tests.servers import Client, Server

DUPLICATES = 5


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    found: str = server.inside("open_public_rating")
    return found


def rows(server: Server, table: str) -> list[int]:
    """Of the public leg alone; the newest round of that leg is the one of this module."""
    of_round = "(SELECT max(id) FROM evaluations_round WHERE source = 'public')"
    [found] = server.rows(f"SELECT count(*) FROM {table} WHERE round_id = {of_round}")
    return list(found)


@pytest.mark.parametrize("count", CROWDS)
def test_raters_who_all_answer_five_times_at_once_are_as_many_ratings(
    server: Server, residents: list[str], address: str, count: int
) -> None:
    clients: list[Client] = []
    for number, key in enumerate(residents[:count]):
        client = server.client()
        client.log_in(key)
        if number == 0:
            assert client.get(f"{address}rate/").status == 200
        client.cookies["csrftoken"] = (clients or [client])[0].cookies["csrftoken"]
        clients.append(client)
    values = ["satisfied", "basically_satisfied", "dissatisfied"]

    def rate(client: Client, turn: int) -> int:
        return client.post(f"{address}rate/", {"value": values[turn % 3]}).status

    twins = [(client.twin(), turn) for client in clients for turn in range(DUPLICATES)]
    statuses = at_once([lambda c=c, t=t: rate(c, t) for c, t in twins])  # type: ignore[misc]  # a lambda that keeps its own client

    assert set(statuses) <= {302, 422}  # done, or told that this person has rated
    assert rows(server, "evaluations_secretanswer") == rows(server, "evaluations_rater") == [count]
    again = clients[0].post(f"{address}rate/", {"value": "satisfied"})
    assert (again.status, rows(server, "evaluations_secretanswer")) == (302, [count])
