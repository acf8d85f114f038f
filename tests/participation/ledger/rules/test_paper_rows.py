"""A paper ledger read cell by cell."""

from datetime import date, datetime

import pytest

from participation.ledger.rules.paper_rows import read_day, read_paper, units_in
from portal.tables.rules import CellError, cell_name

HEAD = ["序号", "事项", "来源", "承办单位", "责任人", "交办时间", "办结时限", "办理情况", "满意度", "销号时间"]


def line(title="路灯坏了", unit="街道办事处", assigned="2026-03-10", said="", closed=None, owner="示例"):
    return [1, title, "居民建议", unit, owner, assigned, None, said, None, closed]


def read(*lines, continued=frozenset(), year=2026):
    return read_paper([["台账"], ["填报单位：示例"], HEAD, *lines], continued, year)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (None, None), ("", None), ("—", None), ("无", None),
        (datetime(2026, 3, 10), date(2026, 3, 10)),  # noqa: DTZ001 - as a workbook has it
        (date(2026, 3, 10), date(2026, 3, 10)),
        ("2026年3月10日", date(2026, 3, 10)), ("2026.3.10", date(2026, 3, 10)),
        ("3月10日", date(2025, 3, 10)), ("３月１０日", date(2025, 3, 10)), ("3-10", date(2025, 3, 10)),
        ("3月10号", date(2025, 3, 10)),
    ],
)  # fmt: skip
def test_a_day_may_lack_or_lack_its_year(value, day):
    assert read_day(value, 2025) == (day, "")


@pytest.mark.parametrize("value", ["2月30日", "尽快", "2026年3月", "45000", 45000])
def test_what_is_no_day_is_told(value):
    day, problem = read_day(value, 2026)
    assert (day, problem[:6]) == (None, "看不懂日期“")


def test_the_head_is_found_below_title_and_reporter():
    found = read(line(closed="2026-04-01", said="已修好"))
    assert (found.errors, [(row.number, row.title, row.closed_off_on) for row in found.rows]) == (
        [], [(4, "路灯坏了", date(2026, 4, 1))],
    )  # fmt: skip


def test_errors_name_their_cells():
    found = read(
        line(title="", assigned="随时"),
        line(title="二", closed="2026-03-01", said="好"),
        line(title="三", closed="2026-04-01"),
    )
    assert found.errors == [
        CellError("F4", "看不懂日期“随时”，请写作 2026-03-10 或 3月10日。"),
        CellError("B4", "缺少事项。"),
        CellError("J5", "销号日期早于交办日期。"),
        CellError("J6", "已销号的事项要有办理情况。"),
    ]


def test_a_merged_matter_with_a_second_unit_is_told_by_its_cell():
    found = read(line(), line(unit="市容管理部门"), continued=frozenset({(4, 1)}))
    assert [error.cell for error in found.errors] == ["D5"]
    same = read(line(), line(), continued=frozenset({(4, 1)}))
    assert (same.errors, len(same.rows)) == ([], 1)


def test_the_same_row_twice_in_one_file_is_told_and_twice_brought_in_has_one_key():
    found = read(line(), line(title=" 路灯 坏了"))
    assert found.errors == [CellError("B5", "与第4行重复。")]
    assert read(line()).rows[0].key == read(line()).rows[0].key != read(line(title="另一件")).rows[0].key


def test_a_formula_that_left_no_value_is_told_by_its_cell() -> None:
    found = read_paper([HEAD, [None] * len(HEAD)], frozenset(), 2026, frozenset({(1, 1)}))
    assert [(error.cell, "公式" in error.message) for error in found.errors] == [("B2", True)]


def test_without_a_head_nothing_is_guessed():
    assert read_paper([["甲", "乙"]], frozenset(), 2026).errors == [CellError("", "没有找到表头，表头要有“事项”一列。")]


def test_names_of_cells_and_of_several_units():
    assert [cell_name(0, 0), cell_name(6, 3), cell_name(9, 26)] == ["A1", "D7", "AA10"]
    assert units_in("甲单位、乙单位/丙单位") == ["甲单位", "乙单位", "丙单位"]


def test_lines_below_the_table_are_no_matters():
    foot = ["填报人：某", "填报人：某", None, None, None, None, None, None, None, None]
    assert len(read(line(), foot, [None] * 10).rows) == 1
