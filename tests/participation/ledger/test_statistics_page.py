"""The statistics page: stored figures proved from the items, small samples withheld, the same cost at any size."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from participation.evaluations.models import Answer, Rater
from participation.evaluations.services import publish_due
from participation.ledger import services
from participation.ledger.models import LedgerFigure
from participation.ledger.rules.figures import percent
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories.evaluations import publication, round_for
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db
PAGE = "/ledger/statistics/"


def cells(**query: str) -> dict[str, list[str]]:
    """The rows of the CSV by name."""
    answer = Client().get(f"{PAGE}table.csv", query)
    assert (answer.status_code, answer.content[:3]) == (200, b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return {"/".join(row[:2]).strip("/"): row[2:] for row in rows}


def test_each_group_has_its_denominator_and_the_words_say_what_is_counted(cast: Cast) -> None:
    long_ago = timezone.localdate() - timedelta(days=400)
    ledger.assigned(cast, on=long_ago, raised_on=long_ago, source="deputy_suggestion", category="water")
    ledger.replied(cast, category="water")
    ledger.opened(category="housing")
    ledger.opened(category="housing", is_public=False)
    services.refresh_statistics()
    found = cells()
    assert found["合计"] == [
        "3", "2", "33%（1/3）", "100%（1/1）", "100%（1/1）", "100%（1/1）", "0（1件）", "0%（0/1）", "1", "样本不足",
    ]  # fmt: skip
    assert found["类别/住建"] == ["1", "0", "0%（0/1）", "—", "—", "—", "—", "—", "0"]
    assert (found["类别/水利"][0], found["口径/满意率"][0][-14:]) == (
        "2",
        "评价人选择公开的评价不计入；按类别不统计。"[-14:],
    )
    assert found[f"截至/{timezone.localdate()}"] == []
    page = Client().get(PAGE).content.decode()
    heads = ['<figure class="bar-chart"', '<table class="table table--wide table--figures">']
    assert [page.count(head) for head in heads] == [3, 3]


def test_the_figures_of_a_place_are_those_below_it(cast: Cast) -> None:
    other = other_subdistrict()
    ledger.opened(), ledger.opened(), ledger.opened(division=other)
    services.refresh_statistics()
    assert [cells(division=code)["合计"][0] for code in ("430381000000", other.code)] == ["3", "1"]
    assert Client().get(PAGE, {"division": "999999999999"}).status_code == 404


def test_the_satisfaction_is_a_sum_of_what_was_published_and_a_category_has_none(cast: Cast) -> None:
    item, other = ledger.replied(cast, category="water").item, other_subdistrict()
    publication((4, 1, 2), unit=item.unit)
    publication((5, 0, 0), unit=None, is_pooled=True)
    publication((6, 0, 0), division=other)
    publication((9, 0, 0), source="member", unit=item.unit)
    publication((9, 0, 0), kind="other", unit=item.unit)
    services.refresh_statistics()
    found = cells()
    assert found["合计"][-1] == "88.9%（16/18）"
    assert found[f"承办单位/{item.unit.name}"][-1] == "71.4%（5/7）"
    assert found["类别/水利"][-1] == "0"  # overdue: the column of the satisfaction is not there
    assert cells(division=other.code)["合计"][-1] == "100.0%（6/6）"


def test_ratings_that_were_not_published_are_in_no_figure(cast: Cast) -> None:
    item = ledger.replied(cast).item
    day = timezone.localdate() - timedelta(days=30)
    round_ = round_for(keys=tuple(f"party:{number}" for number in range(9)), day=day, unit=item.unit)
    for rater in Rater.objects.filter(round=round_):
        Answer.objects.create(rater=rater, value="satisfied", answered_at=timezone.now())
    services.refresh_statistics()
    assert cells()["合计"][-1] == "样本不足"
    publish_due()
    services.refresh_statistics()
    assert cells()["合计"][-1] == "100.0%（9/9）"


@pytest.mark.once
def test_rates_are_rounded_half_up_in_whole_numbers() -> None:
    assert [percent(1, 3), percent(1, 2), percent(1, 8), percent(0, 0)] == [33, 50, 13, None]


def test_reconciling_proves_every_cell_and_names_a_wrong_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    item = ledger.replied(cast).item
    ledger.opened()
    publication((4, 1, 2), unit=item.unit)
    call_command("reconcile_ledger_statistics", stdout=io.StringIO())

    def lying(*args: Any) -> int:
        LedgerFigure.objects.filter(cell=":total:").update(replied=7)
        return 0

    monkeypatch.setattr("participation.ledger.services.statistics.refresh_statistics", lying)
    with pytest.raises(CommandError, match=r"^:total:: "):
        call_command("reconcile_ledger_statistics", stdout=io.StringIO())


def test_counting_twice_keeps_one_row_per_cell_and_drops_what_is_gone(cast: Cast) -> None:
    item = ledger.opened(category="water")
    cells_then = services.refresh_statistics()
    assert services.refresh_statistics() == cells_then == LedgerFigure.objects.count()
    services.set_hidden(item=item, by=cast.committee, is_hidden=True, reason="复核")
    services.refresh_statistics()
    assert list(LedgerFigure.objects.values_list("cell", "received")) == [(":total:", 0)]


def test_the_page_costs_the_same_with_one_item_and_with_many(cast: Cast, django_assert_max_num_queries: Any) -> None:
    def queries() -> int:
        client = Client()
        with django_assert_max_num_queries(40) as found:
            assert client.get(PAGE, headers={"cache-control": "no-cache"}).status_code == 200
        return len(found)

    ledger.opened()
    services.refresh_statistics()
    queries()
    few = queries()
    ledger.replied(cast, category="water")
    ledger.opened(division=other_subdistrict(), category="housing")
    services.refresh_statistics()
    LedgerFigure.objects.update(as_of=timezone.localdate() - timedelta(days=1))
    assert queries() <= few + 1  # the names of units are asked for as soon as there is one
