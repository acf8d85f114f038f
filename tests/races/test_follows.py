"""关注 pressed many times at the same moment, against the real server with two workers (R3)."""

import random

import pytest

from tests.races.harness import at_once
from tests.servers import Client, Server

PRESSES = 24
WISHES = {
    "only follow": (["follow"], 1),
    "only unfollow": (["unfollow"], 0),
    "both and the frequency": (["follow", "unfollow", "daily", "immediate"], None),
}


def _rows(server: Server, number: str) -> int:
    count: int = server.rows(f"SELECT count(*) FROM follows_follow WHERE subject_key = '{number}'")[0][0]
    return count


def _press(client: Client, number: str, wish: str) -> int:
    values = {"kind": "proposal", "key": number, "do": wish, "next": f"/proposals/{number}/"}
    return client.post("/follow/", values).status


@pytest.fixture(scope="module")
def number(server: Server) -> str:
    return server.published_proposal()


@pytest.mark.parametrize("case", WISHES)
def test_parallel_toggles_leave_one_row_or_none_and_no_error(
    server: Server, residents: list[str], number: str, case: str
) -> None:
    wishes, expected = WISHES[case]
    client = server.client()
    client.log_in(residents[0])
    client.get(f"/proposals/{number}/")
    presses = [(client.twin(), wishes[n % len(wishes)]) for n in range(PRESSES)]
    random.Random(7).shuffle(presses)

    statuses = at_once([lambda c=c, w=w: _press(c, number, w) for c, w in presses])  # type: ignore[misc]

    assert set(statuses) == {302}
    assert _rows(server, number) in ({expected} if expected is not None else {0, 1})
    # afterwards one press still means what it says
    assert [(_press(client, number, wish), _rows(server, number)) for wish in ("follow", "unfollow")] == [
        (302, 1),
        (302, 0),
    ]
