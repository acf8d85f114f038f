import csv
import io

import pytest
from openpyxl import load_workbook

from participation.moderation import exports

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", "　=1", " ＝1", "\ufeff=1"]


def starts_a_formula(cell):
    return cell[:1] in set("=+-@\t\r＝＋－＠")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_csv_cell_starts_a_formula(text):
    content = "".join(exports.csv_lines([["编号", text]]))
    row = next(csv.reader(io.StringIO(content.removeprefix(exports.BOM))))
    assert (starts_a_formula(row[1]), text.strip() in row[1]) == (False, True)


@pytest.mark.parametrize("text", DANGEROUS)
def test_every_xlsx_cell_is_text_and_unchanged(text):
    response = exports.xlsx_response([["编号", text]], "x")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cell = sheet.cell(1, 2)
    assert (cell.data_type, str(cell.value).strip()) == ("s", text.strip())


def test_control_characters_do_not_break_the_workbook():
    response = exports.xlsx_response([["坏\x00字\x0b符"]], "x")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.cell(1, 1).value == "坏字符"


def test_the_csv_begins_with_the_mark_that_excel_needs_and_keeps_rare_characters():
    content = "".join(exports.csv_lines([["㮾梨街道"]]))
    assert content == "\ufeff㮾梨街道\r\n"
