"""The helper column of the overdue filter is what the clock says, and is mended when the calendar changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participation.ledger import services
from participation.ledger.models import LedgerItem
from participation.ledger.selectors import clock_of
from tests.conftest import Cast
from tests.factories import ledger

pytestmark = pytest.mark.django_db


def test_every_move_writes_the_day_and_an_answered_item_has_none(cast: Cast):
    item = ledger.handling(cast, source="deputy_suggestion")
    assert item.due_on == clock_of(item).due.date
    done = services.complete_item(item=ledger.replied(cast, item=item).item, by=cast.unit)
    assert done.due_on is None
    assert services.wrong_due_days() == {}


def test_a_day_that_moved_is_found_and_mended_once(cast: Cast):
    item = ledger.handling(cast, source="deputy_suggestion")
    right, wrong = item.due_on, timezone.localdate() - timedelta(days=1)
    LedgerItem.objects.filter(pk=item.pk).update(due_on=wrong)
    assert services.wrong_due_days() == {item.reference: (str(wrong), str(right))}
    assert [services.refresh_due_days(), services.refresh_due_days()] == ["set 1 due days", "set 0 due days"]


def test_what_a_person_has_is_handed_out_and_emptied(cast: Cast):
    item = ledger.completed(cast)
    services.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="还是不亮")
    rows = services.export_own(cast.resident)
    assert [(row["kind"], row["reference"]) for row in rows] == [
        ("我提出的事项", item.reference),
        ("评价", item.reference),
    ]
    services.empty_own(cast.resident)
    assert [row.get("reason") for row in services.export_own(cast.resident)] == [None, "（账号已注销，内容已删除）"]


def test_a_deputy_takes_along_the_own_answers_and_a_proposer_the_numbers(cast: Cast) -> None:
    item = ledger.proposed(cast)
    mine = [row for row in services.export_own(cast.deputy) if row["reference"] == item.reference]
    assert [(row["kind"], row["state"], row["number"], row["text"][:2]) for row in mine] == [
        ("我作为人大代表的答复", "已提出代表建议", "第12号", "请就"),
    ]  # fmt: skip
    own = [(row["kind"], row.get("number")) for row in services.export_own(cast.resident)]
    assert own == [("我提出的事项", None), ("就我提出的事项提出的代表建议", "第12号")]
    services.empty_own(cast.deputy)
    assert services.export_own(cast.deputy) == mine
