"""The real server: what one worker or a command changes, the other shows at once."""

import pytest

from tests.servers import Server

pytestmark = pytest.mark.once


def test_every_worker_shows_a_change_at_once(server: Server) -> None:
    before = {server.client().get("/proposals/").headers["ETag"] for _ in range(12)}
    number = server.published_proposal("两个进程都要看到的路灯")
    pages = [server.client().get("/proposals/") for _ in range(12)]
    assert [page.url for page in pages if number not in page.text] == []
    assert before & {page.headers["ETag"] for page in pages} == set()
    assert {page.headers["Set-Cookie"] for page in pages} == {None}
