"""One day and one record under several presses at the same moment: each happens once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from liaison_stations.records import services
from liaison_stations.records.models import ReceptionRecord
from participation.ledger.models import LedgerItem
from participation.moderation.rules import Refused
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import records as make
from tests.races.harness import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 4


def tried(action: Callable[[], Any]) -> str:
    try:
        action()
        return "done"
    except Refused as refusal:
        return str(refusal.message)
    finally:
        connections.close_all()


def test_a_day_pressed_together_is_written_once_and_a_record_opens_one_item(cast: Cast) -> None:
    session = make.session(cast)
    rows = [make.new("小区门口的路灯坏了"), make.new("楼道里堆放杂物")]

    def save() -> Any:
        return services.record_day(session=session, by=cast.clerk, form_key="r" * 20, rows=rows)

    assert set(at_once([lambda: tried(save)] * PRESSES)) == {"done"}
    assert ReceptionRecord.objects.count() == len(rows)
    record = ReceptionRecord.objects.order_by("pk")[0]

    def open_() -> Any:
        return services.open_as_item(record=record, by=cast.clerk, title="东门路灯不亮")

    answers = sorted(at_once([lambda: tried(open_)] * PRESSES))
    assert answers == ["done", *["这条记录现在是“已转办（台账）”，不能办理这一步。"] * (PRESSES - 1)]
    assert LedgerItem.objects.filter(source_key=record.number).count() == 1
    assert Entry.objects.filter(subject_key=record.number, verb="open_item").count() == 1
