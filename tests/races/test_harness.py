"""The harness itself: parallel requests reach both workers of the real server."""

from tests.races.harness import at_once
from tests.servers import Server


def test_sixty_parallel_first_pages_all_answer(server: Server) -> None:
    clients = [server.client() for _ in range(60)]
    answers = at_once([lambda client=client: client.get("/") for client in clients])  # type: ignore[misc]
    assert {answer.status for answer in answers} == {200}
