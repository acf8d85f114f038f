from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tables.rules import MAX_BYTES, Column, Row, RowError, Table, decode, read_csv, read_date

COLUMNS = (Column("word", ("词", "word"), is_required=True), Column("note", ("说明",)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_of_chinese_spreadsheets_is_read(encoding: str) -> None:
    assert read_csv("词,说明\n㮾梨,街道\n".encode(encoding), COLUMNS) == Table(
        [Row(2, {"word": "㮾梨", "note": "街道"})]
    )


@pytest.mark.parametrize(
    "text", ["说明;词\n b ; a", "\n说明\t词\t别的\nb\ta\tc\n\n", "说明，词\r\nb，a\r\n", 'note,WORD,说明\nx,a,"b"']
)
def test_columns_are_found_by_name_whatever_the_order_and_delimiter(text: str) -> None:
    assert [row.values for row in read_csv(text.encode(), COLUMNS).rows] == [{"word": "a", "note": "b"}]


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    assert [row.number for row in read_csv("词\na\n\nb\n".encode(), COLUMNS).rows] == [2, 4]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的。"),
        (b" \n ", "文件是空的。"),
        (b"PK\x03\x04....", "这是 Excel 文件。请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入。"),
        (b"\xff\xff\x81\x00", "读不出文字。请把文件另存为“CSV UTF-8（逗号分隔）”后再导入。"),
        ("说明\nx".encode(), "第一行要有列名。缺少：词。"),
        ("词,word\nx,y".encode(), "列名重复：词。"),
        ("词\n".encode(), "只有标题行，没有数据。"),
        ('词\n"a'.encode(), "文件不是规范的 CSV，可能有没有配对的引号。"),
        (b"x" * (MAX_BYTES + 1), "文件超过2 MB，请拆分后再导入。"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(data: bytes, message: str) -> None:
    assert read_csv(data, COLUMNS) == Table(errors=[RowError(0, message)])


def test_an_error_names_its_row() -> None:
    assert str(RowError(3, "看不懂。")) == "第3行：看不懂。"
    assert str(RowError(0, "文件是空的。")) == "文件是空的。"
    assert read_csv(("词\n" + "长" * 3000).encode(), COLUMNS).errors == [RowError(2, "有一格超过2000字。")]


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-03",
        "2027/1/3",
        "2027.1.3",
        "20270103",
        "2027年1月3日",
        "２０２７年１月３日",
        "2027/1/3 0:00",
        " 2027-1-3 ",
    ],
)
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert read_date(text) == date(2027, 1, 3)


@pytest.mark.parametrize("text", ["", "2027-13-01", "2027-02-29", "1月3日", "明天", "27-1-3", "0000-01-01"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text) is None


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_errors(data: bytes) -> None:
    table = read_csv(data, COLUMNS)
    assert bool(table.rows) or bool(table.errors)
    decode(data)
