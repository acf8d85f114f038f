import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.frame.counting import bounded_count


@pytest.mark.django_db
def test_counts_up_to_the_limit_and_says_plus_beyond_it() -> None:
    User.objects.bulk_create(User(username=f"p{number}") for number in range(4))
    rows = User.objects.filter(username__startswith="p")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert [bounded_count(rows, limit) for limit in (3, 4, 5)] == ["3+", "4", "4"]
    assert ["LIMIT" in query["sql"] for query in captured] == [True, True, True]
