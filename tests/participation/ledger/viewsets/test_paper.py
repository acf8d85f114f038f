"""An existing ledger in Excel: previewed with errors by cell, brought in whole, once."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from participation.ledger.models import LedgerItem
from participation.ledger.states import State
from tests.conftest import Cast
from tests.factories import ledger

from .conftest import Enter

pytestmark = pytest.mark.django_db
URL = "/admin/ledger/items/import/"
HEAD = ["序号", "事项", "来源", "承办单位", "责任人", "交办时间", "办结时限", "办理情况", "满意度", "销号时间"]


def workbook(*lines: Any, merge: str = "") -> SimpleUploadedFile:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["事项办理台账"])
    sheet.merge_cells("A1:J1")
    for line in (HEAD, *lines):
        sheet.append(list(line))
    if merge:
        sheet.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("台账.xlsx", buffer.getvalue())


def preview(staff: Enter, file: SimpleUploadedFile, name: str = "committee") -> Any:
    return staff(name).post(URL, {"division": ledger.subdistrict().pk, "year": "2026", "file": file})


def confirm(staff: Enter, page: Any, name: str = "committee") -> Any:
    signed = re.search(r'name="rows" value="([^"]+)"', page.content.decode())
    assert signed is not None
    return staff(name).post(URL, {"rows": signed[1]})


def test_what_is_over_becomes_history_and_what_is_open_goes_to_its_unit(cast: Cast, staff: Enter) -> None:
    unit = ledger.unit_of(cast.unit).name
    file = workbook(
        [1, "路灯坏了", "居民建议", unit, "示例", "3月10日", None, "已修好", "满意", "2026-04-01"],
        [2, "停车位不足", "居民建议", unit, "示例", "2026-05-06", None, "正在协调", None, None],
        [3, "井盖松动", None, None, None, None, None, None, None, None],
    )
    page = preview(staff, file)
    assert (page.status_code, LedgerItem.objects.count()) == (200, 0)
    assert confirm(staff, page).status_code == 302
    found = {item.title: item for item in LedgerItem.objects.all()}
    assert {title: item.state for title, item in found.items()} == {
        "路灯坏了": State.REPLIED_IMPORTED, "停车位不足": State.ASSIGNED, "井盖松动": State.ASSIGNING,
    }  # fmt: skip
    assert found["路灯坏了"].replies.get().text == "已修好"
    assert str(found["停车位不足"].assigned_on) == "2026-05-06"
    assert found["停车位不足"].internal_notes.get().text == "原台账的办理情况：正在协调"
    assert {item.is_public for item in found.values()} == {False}


def test_bringing_it_in_again_changes_nothing(cast: Cast, staff: Enter) -> None:
    line = [1, "路灯坏了", "居民建议", None, None, None, None, None, None, None]
    for _time in range(2):
        assert confirm(staff, preview(staff, workbook(line))).status_code == 302
    assert LedgerItem.objects.count() == 1


def test_errors_are_told_by_cell_and_nothing_is_brought_in(cast: Cast, staff: Enter) -> None:
    one, two = ledger.unit_of(cast.unit).name, ledger.unit_of(cast.unit2).name
    page = preview(
        staff,
        workbook(
            [1, "甲", "居民建议", f"{one}、{two}", "示例", "2026-03-10", None, None, None, None],
            [2, "乙", "天外来客", "没有的单位", "示例", "随时", None, None, None, None],
            [3, "丙", "居民建议", "没有的单位", None, "2026-03-10", None, None, None, None],
        ),
    )
    content = page.content.decode()
    cells = re.findall(r"<li><strong>([A-Z]+\d+)</strong>", content)
    assert (page.status_code, cells, 'name="rows"' in content) == (422, ["F4", "D3", "D5", "E5"], False)
    assert "一格里有2个单位" in content
    assert LedgerItem.objects.count() == 0


def test_merged_cells_speak_for_the_rows_they_cover(cast: Cast, staff: Enter) -> None:
    unit = ledger.unit_of(cast.unit).name
    file = workbook(
        [1, "甲", "居民建议", unit, "示例", "2026-03-10", None, None, None, None],
        [2, "乙", None, None, "示例", "2026-03-11", None, None, None, None],
        merge="D3:D4",
    )
    confirm(staff, preview(staff, file))
    assert [item.unit.name for item in LedgerItem.objects.order_by("title") if item.unit] == [unit, unit]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"], ids=["empty", "text", "broken"])
def test_a_file_of_another_kind_is_refused_with_a_sentence(cast: Cast, staff: Enter, content: bytes) -> None:
    page = preview(staff, SimpleUploadedFile("台账.xlsx", content))
    assert (page.status_code, "errorlist" in page.content.decode()) == (422, True)


def test_a_preview_is_confirmed_by_whoever_made_it_and_not_tampered_with(cast: Cast, staff: Enter) -> None:
    page = preview(staff, workbook([1, "甲", "居民建议", None, None, None, None, None, None, None]))
    confirm(staff, page, name="director")
    staff("committee").post(URL, {"rows": "forged"})
    staff("unit").post(URL, {"rows": "forged"})
    assert LedgerItem.objects.count() == 0
