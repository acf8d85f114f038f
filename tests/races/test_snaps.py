"""A photo report sent many times at once, against the real server with two workers."""

import re

from tests.factories.snaps import TEXT, shot
from tests.races.harness import at_once
from tests.servers import PASSWORD, Server

IDENTICAL = 12
NUMBER = re.compile(r"SP-\d{9}-\d{4}-\d{6}")


def test_parallel_identical_reports_are_one_row_with_one_number_and_one_photo(server: Server) -> None:
    client = server.client()
    login = client.fields(client.get("/accounts/login/"), 'name="password"')
    assert client.post("/accounts/login/", login | {"login": "deputy", "password": PASSWORD}).status == 302
    hidden = client.fields(client.get("/snaps/new/"), 'name="photos"')
    form = hidden | {"place": "示例路9号门口", "text": TEXT, "division": "430381001000"}
    photo = {"photos": shot((1200, 900)).read()}
    counts = "SELECT (SELECT count(*) FROM snaps_snapreport), (SELECT count(*) FROM snaps_snapphoto)"
    [(reports, photos)] = server.rows(counts)

    twins = [client.twin() for _ in range(IDENTICAL)]
    answers = at_once([lambda c=c: c.post("/snaps/new/", form, photo) for c in twins])  # type: ignore[misc]

    assert {answer.status for answer in answers} == {302}
    assert len({found for answer in answers for found in NUMBER.findall(answer.headers["Location"])}) == 1
    assert server.rows(counts) == [(reports + 1, photos + 1)]
