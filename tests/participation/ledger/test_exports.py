"""The ledger as staff keep it: columns and heading as on their paper, and nothing that a spreadsheet could run."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from participation.ledger import services
from participation.ledger.models import LedgerItem
from participation.ledger.selectors.sheet import sheet_rows
from participation.ledger.selectors.work import for_clocks
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger

pytestmark = pytest.mark.django_db
SHEET = "/admin/ledger/items/sheet/"
HEAD = {
    "reporting_unit": "望春门街道（示例）",
    "filled_by": "张示例",
    "checked_by": "李示例",
    "on": "2026-03-10",
    "title": "台账",
}
COLUMNS = ["序号", "事项", "来源", "承办单位", "责任人", "交办时间", "办结时限", "办理情况", "满意度", "销号时间"]
EVIL = '=HYPERLINK("http://x","y")'


@pytest.fixture
def download(cast: Cast, client: Any) -> Any:
    client.force_login(cast.committee, backend="portal.accounts.backends.ScopedRoleBackend")

    def get(file_format: str, **query: Any) -> Any:
        return client.get(SHEET, {**HEAD, "paper": "a4", "format": file_format, **query})

    return get


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_the_workbook_is_the_paper_that_staff_keep(cast: Cast, download: Any) -> None:
    item = ledger.closed_off(cast, title=EVIL)
    sheet = load_workbook(io.BytesIO(body(download("xlsx", paper="a3")))).active
    lines = list(sheet.iter_rows(values_only=True))
    heading = [cell for cell in lines[1] if cell]
    assert heading == ["填报单位：望春门街道（示例）", "填报人：张示例", "审核人：李示例", "日期：2026-03-10"]
    assert list(lines[2]) == COLUMNS
    day = item.closed_off_on.isoformat() if item.closed_off_on else ""
    row = ["" if cell is None else cell for cell in lines[3]]
    assert [row[at] for at in (0, 1, 2, 3, 4, 8, 9)] == [
        "1", EVIL, "居民建议", ledger.unit_of(cast.unit).name, "示例责任人", "满意", day,
    ]  # fmt: skip
    assert row[7] == f"已销号。已解决：{ledger.ANSWER}"
    assert {cell.data_type for cell in sheet[4] if cell.value is not None} == {"s"}
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, sheet.print_title_rows) == ("landscape", 8, "$3:$3")


def test_no_cell_of_the_csv_starts_a_formula_and_it_opens_in_excel(cast: Cast, download: Any) -> None:
    ledger.opened(title=EVIL)
    ledger.opened(title="㮾梨街道的一件")
    content = body(download("csv", reporting_unit="=1+1")).decode("utf-8")
    rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))
    assert (content[0], rows[2]) == ("\ufeff", COLUMNS)
    assert [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r＝＋－＠")] == []
    assert {row[1] for row in rows[3:]} == {f"'{EVIL}", "㮾梨街道的一件"}
    content.encode("gb18030")


def test_the_print_page_escapes_what_was_typed_and_has_a_head_to_repeat(cast: Cast, download: Any) -> None:
    ledger.opened(title="<script>alert(1)</script>")
    content = download("print", paper="a3").content.decode()
    assert ("<script>" in content, 'class="sheet sheet--a3"' in content, content.count("<thead>")) == (False, True, 1)


def test_the_export_takes_the_list_as_it_is_filtered(cast: Cast, download: Any) -> None:
    ledger.opened(title="待交办的一件")
    ledger.assigned(cast, title="已交办的一件")
    content = download("print", panel="to_assign").content.decode()
    assert ("待交办的一件" in content, "已交办的一件" in content) == (True, False)
    searched = download("print", q="已交办").content.decode()
    assert ("待交办的一件" in searched, "已交办的一件" in searched) == (False, True)


def test_every_export_is_recorded(cast: Cast, download: Any) -> None:
    ledger.opened()
    download("csv")
    entry = Entry.objects.latest("pk")
    assert (entry.subject_kind, entry.verb, entry.actor, entry.detail) == (
        "ledger", "export", cast.committee.trail_id, {"rows": 1, "format": "csv"},
    )  # fmt: skip


def test_a_confidential_item_keeps_its_row_without_title_and_text(cast: Cast, download: Any) -> None:
    item = ledger.opened(title="某人的家事", is_confidential=True, confidential_reason="涉及个人隐私")
    item = services.assign_item(item=item, by=cast.committee, unit=ledger.unit_of(cast.unit), owner_name="示例")
    services.note_progress(item=services.sign_for_item(item=item, by=cast.unit), by=cast.unit, text="去了他家")
    content = download("print").content.decode()
    assert ("某人的家事" in content, "去了他家" in content, "保密件" in content) == (False, False, True)


def test_the_rows_cost_the_same_queries_for_one_item_and_for_three(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            sheet_rows(for_clocks(LedgerItem.objects.all()))
        return len(captured)

    ledger.closed_off(cast)
    one = queries()
    ledger.closed_off(cast, title="第二件")
    ledger.closed_off(cast, title="第三件")
    assert queries() == one


def test_what_is_handled_elsewhere_says_where_it_went(cast: Cast) -> None:
    services.hand_to_hotline(item=ledger.opened(), by=cast.committee, ticket_number="示例-1", reason="抢修")
    hidden = ledger.opened(is_confidential=True, confidential_reason="隐私")
    services.hand_to_hotline(item=hidden, by=cast.committee, ticket_number="示例-2", reason="抢修")
    ledger.suggested(cast)
    asked = [ledger.deputy(cast.resident, name="县级代表示例三")]
    item = ledger.suggested(cast, deputies=asked, item=ledger.upper())
    services.propose_suggestion(asked=item.suggestions.get().asked.get(), by=cast.committee, outside_number="第12号")
    ledger.answered_elsewhere(cast, deputies=[ledger.deputy(cast.deputy, name="县级代表示例四"), *asked])
    places = [row.unit for row in sheet_rows(for_clocks(LedgerItem.objects.order_by("pk")))]
    assert places == [
        "转12345热线（示例-1）", "转12345热线", "商请人大代表提出代表建议",
        "商请人大代表提出代表建议（第12号）", "市交通运输局（示例）（第12号）",
    ]  # fmt: skip
