"""Fifty letters issued at the same moment are fifty consecutive numbers."""

from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from participation.ledger import services
from participation.ledger.models import Letter
from tests.conftest import Cast
from tests.factories import ledger
from tests.participation.ledger.services.test_letters import PREFIX
from tests.races.harness import at_once

LETTERS = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_issues_are_fifty_consecutive_numbers(cast: Cast) -> None:
    item, unit = ledger.assigned(cast), ledger.unit_of(cast.unit)
    letters = Letter.objects.bulk_create(
        Letter(
            kind="assignment", name="交办单", state="signed", division=item.division, unit=unit, issuer="示例工委",
            prefix=PREFIX, title=f"第{number}份", body="请办理。", drafted_by=cast.committee,
        )
        for number in range(LETTERS)
    )  # fmt: skip

    def issue(letter: Letter) -> Any:
        try:
            return services.issue_letter(letter=letter, by=cast.committee).number
        finally:
            connections.close_all()

    numbers = at_once([lambda each=each: issue(each) for each in letters], clients=10)  # type: ignore[misc]  # a lambda that keeps its own letter

    year = timezone.localdate().year
    assert sorted(numbers) == sorted(f"{PREFIX}〔{year}〕{n}号" for n in range(1, LETTERS + 1))
    assert Letter.objects.exclude(number="").values("number").distinct().count() == LETTERS
