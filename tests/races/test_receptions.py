"""A hundred residents book one slot of seven seats at the same moment, against the real server with two workers."""

from tests.races.harness import at_once
from tests.servers import Client, Server

SEATS, PEOPLE = 7, 100


def test_a_hundred_bookings_of_one_slot_fill_it_exactly(server: Server, residents: list[str]) -> None:
    key: str = server.inside("publish_reception")
    clients: list[Client] = []
    for number, session in enumerate(residents[:PEOPLE]):
        client = server.client()
        client.log_in(session)
        if number == 0:
            assert client.get(f"/schedule/{key}/").status == 200
        client.cookies["csrftoken"] = (clients or [client])[0].cookies["csrftoken"]
        clients.append(client)

    statuses = at_once([lambda c=c: c.post(f"/schedule/{key}/book/", {"slot": "0"}).status for c in clients])  # type: ignore[misc]  # a lambda that keeps its own client

    assert set(statuses) == {302}  # done, or told that it is full
    of_session = f"session_id = (SELECT id FROM receptions_receptionsession WHERE key = '{key}')"
    taken = server.rows(f"SELECT seat FROM receptions_booking WHERE {of_session} ORDER BY seat")
    assert [list(row) for row in taken] == [[seat] for seat in range(1, SEATS + 1)]
