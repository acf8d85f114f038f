"""What is handed out of an appraisal: the sheet of the .docx, and nothing that would show a few raters to staff."""

import io
from typing import Any

import pytest
from django.test import Client
from docx import Document

from participation.oversight.documents import result_docx
from participation.oversight.models import OfficeAppraisal
from participation.oversight.selectors import result_for_staff
from participation.oversight.selectors.sheet import result_sheet
from tests.conftest import Cast
from tests.factories import oversight

pytestmark = pytest.mark.django_db


def docx_of(row: OfficeAppraisal) -> Any:
    result = result_for_staff(row)
    assert result is not None
    return Document(io.BytesIO(result_docx(result_sheet(row, result))))


def test_the_sheet_is_that_of_the_standard_with_its_title_and_one_table(cast: Cast) -> None:
    document = docx_of(oversight.counted(cast))
    section = document.sections[0]
    edges = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(value.mm) for value in edges] == [210, 297, 37, 28]
    assert round((section.page_width - section.left_margin - section.right_margin) / 36000) == 156
    title = document.paragraphs[0]
    assert (title.text, title.alignment, [run.font.size.pt for run in title.runs]) == ("工作评议结果", 1, [22.0])
    [table] = document.tables
    assert [[cell.text for cell in row.cells][:2] for row in table.rows] == [
        ["测评意见", "票数"], ["满意", "5"], ["基本满意", "0"], ["不满意", "0"],
    ]  # fmt: skip


def test_under_five_answers_staff_see_neither_counts_nor_class_on_screen_and_paper(client: Client, cast: Cast) -> None:
    row = oversight.counted(cast, ["dissatisfied"] * 4)
    result = result_for_staff(row)
    assert result is not None
    assert (result.lines, result.label, result.tally.answered, result.is_enough) == ([], "", 0, False)
    client.force_login(cast.director)
    url = f"/admin/oversight/appraisals/{row.pk}/"
    for path in (url, f"{url}paper/"):
        page = client.get(path).content.decode()
        assert ("样本不足" in page, "<td>4</td>" in page, "占名册人数" in page) == (True, False, False)
    document = docx_of(row)
    assert (document.tables, any("样本不足" in each.text for each in document.paragraphs)) == ([], True)


def test_the_public_list_asks_the_same_queries_for_any_number_of_rows(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    oversight.reported(cast)
    with django_assert_max_num_queries(100) as one:
        client.get("/oversight/")
    for matter in ("环境卫生", "养老服务"):
        oversight.reported(cast, matter=matter)
    with django_assert_max_num_queries(len(one)):
        page = client.get("/oversight/?year=")
    assert page.content.decode().count("card__title") == 3
