"""ledger_statistics against the spreadsheet itself: openpyxl, the published calendar and month ends counted here.

Nothing of the portal computes the expected figures.
"""

import io
import json
from calendar import monthrange
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from participation.ledger import services
from participation.ledger.models import LedgerItem
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories.proposals import other_subdistrict

COUNTY = "430381000000"
KEYS = ["received", "replied", "replied_within_1_month", "replied_within_3_months", "replied_within_6_months",
        "median_days", "overdue_open"]  # fmt: skip


# --- The other way to count ------------------------------------------------------------------------------------
def month_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    end = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    while not chinese_calendar.is_workday(end):
        end += timedelta(days=1)
    return end


def figures_in(path: Path) -> dict[str, Any]:
    lines = list(load_workbook(path, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True))
    at = {str(name): place for place, name in enumerate(lines[0])}

    def day(cell: Any) -> date:
        return datetime.strptime(str(cell).split()[0], "%Y/%m/%d").date()  # noqa: DTZ007 - a day of a spreadsheet

    answered = [line for line in lines[1:] if (line[at["答复意见"]] or "").strip()]
    pairs = [(day(line[at["留言时间"]]), day(line[at["答复时间"]])) for line in answered]
    waits = sorted((replied - sent).days for sent, replied in pairs)
    middle = len(waits) // 2
    return {
        "received": len(lines) - 1,
        "replied": len(pairs),
        "replied_within_1_month": len([1 for sent, replied in pairs if replied <= month_later(sent, 1)]),
        "replied_within_3_months": len([1 for sent, replied in pairs if replied <= month_later(sent, 3)]),
        "replied_within_6_months": len([1 for sent, replied in pairs if replied <= month_later(sent, 6)]),
        "median_days": waits[middle] if len(waits) % 2 else (waits[middle - 1] + waits[middle]) / 2,
        "overdue_open": 0,  # nothing that was imported has a limit of its own
    }


# --- The command ------------------------------------------------------------------------------------------------
def run(*options: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("ledger_statistics", "--json", *options, stdout=out)
    found = json.loads(out.getvalue())
    assert list(found) == KEYS
    return found


def load(path: Path) -> None:
    call_command("seed_divisions", verbosity=0, stdout=io.StringIO())
    call_command("import_messages", str(path), "--division", COUNTY, stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.once  # made small, the same rows run on both databases below
@pytest.mark.django_db
def test_the_real_export_gives_the_figures_that_the_spreadsheet_gives(shared_data: Path) -> None:
    path = shared_data / "messages_with_replies.xlsx"
    load(path)
    assert run() == run("--division", COUNTY) == figures_in(path)


@pytest.mark.django_db
def test_months_end_on_working_days_and_days_are_days_in_shanghai(tmp_path: Path) -> None:
    book = Workbook()
    rows = [
        ["留言编号", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"],
        [1, "甲", "2026/1/15 23:59:00", "甲", "已办", "2026/2/24 0:10:00"],  # 02-15 falls into the Spring Festival
        [2, "乙", "2026/1/15 0:01:00", "乙", "已办", "2026/2/25 9:00:00"],
        [3, "丙", "2019/11/30 8:00:00", "丙", "已办", "2020/3/2 8:00:00"],
        [4, "丁", "2019/8/31 8:00:00", "丁", None, None],
    ]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "messages.xlsx")
    load(tmp_path / "messages.xlsx")
    assert run() == figures_in(tmp_path / "messages.xlsx")
    assert list(run().values()) == [4, 3, 1, 3, 3, 41, 0]


@pytest.mark.django_db
def test_only_what_lies_below_the_division_counts_and_voided_items_never(cast: Cast) -> None:
    ledger.replied(cast)
    services.void_item(item=ledger.opened(), by=cast.committee, reason="重复登记")
    other = other_subdistrict().code
    assert list(run().values()) == [1, 1, 1, 1, 1, 0, 0]
    assert list(run("--division", other).values()) == [0, 0, 0, 0, 0, None, 0]
    with pytest.raises(CommandError):
        run("--division", "999999999999")


@pytest.mark.django_db
def test_overdue_is_what_has_a_limit_and_ran_past_it(cast: Cast) -> None:
    on = timezone.localdate() - timedelta(days=400)
    ledger.assigned(cast, on=on, raised_on=on, source="deputy_suggestion")
    ledger.assigned(cast, on=on, raised_on=on, source="visit")  # no promise in the terms: no limit
    assert (LedgerItem.objects.count(), run()["overdue_open"]) == (2, 1)
