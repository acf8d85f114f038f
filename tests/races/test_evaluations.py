"""Two hundred raters, each answering five times at the same moment, against the real server with two workers (R1)."""

import pytest

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


def test_two_hundred_raters_times_five_are_two_hundred_ratings(
    server: Server, residents: list[str], address: str
) -> None:
    clients: list[Client] = []
    for number, key in enumerate(residents):
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
    assert rows(server, "evaluations_secretanswer") == rows(server, "evaluations_rater") == [len(residents)]
    again = clients[0].post(f"{address}rate/", {"value": "satisfied"})
    assert (again.status, rows(server, "evaluations_secretanswer")) == (302, [len(residents)])
