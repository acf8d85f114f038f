"""A pasted table: from a spreadsheet, with bars, with gaps."""

from portal.pages.rules.tables import PastedTable, pasted_table


def test_tabs_bars_and_full_width_bars_are_read_alike() -> None:
    wanted = PastedTable(("日期", "地点"), (("3月15日", "社区"), ("3月22日", "")))
    for text in (
        "日期\t地点\n3月15日\t社区\n3月22日\t",
        "日期 | 地点\n3月15日 | 社区\n\n3月22日 |",
        "| 日期 ｜ 地点 |\n|---|---|\n| 3月15日 ｜ 社区 |\n3月22日",
    ):
        assert pasted_table(text) == wanted


def test_nothing_is_an_empty_table() -> None:
    assert pasted_table(" \n") == PastedTable((), ())
