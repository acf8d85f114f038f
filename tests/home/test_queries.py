"""What an uncached page asks of the database does not grow with what it shows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import Cast
from tests.factories.pages import column, news
from tests.factories.proposals import published, subdistrict


def queries(client: Client, address: str) -> int:
    client.get(address)  # whatever is read once per process
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_home_column_and_article_ask_as_often_for_one_row_as_for_four(client: Client, cast: Cast) -> None:
    index = column()
    page = news(index, division=subdistrict(), slug="first")
    page.related_proposals.create(proposal=published(cast.resident, cast.moderator))
    addresses = ["/", index.url, page.url]
    before = [queries(client, address) for address in addresses]
    for number in range(3):
        row = published(cast.resident2, cast.moderator, title=f"建议{number}")
        news(index, division=subdistrict(), slug=f"n{number}")
        page.related_proposals.create(proposal=row)
    assert [queries(client, address) for address in addresses] == before
