"""The .docx is measured: sheet, margins, type area, lines and characters a page, sizes, the two red lines."""

import io
import re
from typing import Any

import pytest
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from participation.ledger import services
from participation.ledger.documents import letter_docx
from portal.workdays.rules import day_in_words
from tests.conftest import Cast
from tests.factories import ledger
from tests.participation.ledger.services.test_letters import drafted, signed

pytestmark = pytest.mark.django_db


def opened(letter: Any) -> Any:
    return Document(io.BytesIO(letter_docx(letter)))


def line_of(paragraph: Any, side: str) -> tuple[str, float]:
    """(kind, length in mm) of the border line."""
    border = paragraph._p.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}"))
    form = paragraph.paragraph_format
    assert border.get(qn("w:color")) == "C00000"
    return border.get(qn("w:val")), round(156 - form.left_indent.mm - form.right_indent.mm)


def test_the_sheet_is_that_of_the_standard(cast: Cast) -> None:
    section = opened(drafted(cast)).sections[0]
    millimetres = [round(value.mm, 1) for value in (
        section.page_width, section.page_height, section.top_margin, section.left_margin, section.header_distance,
        section.footer_distance,
    )]  # fmt: skip
    assert millimetres == [210, 297, 37, 28, 30, 20]
    width = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
    height = section.page_height.pt - section.top_margin.pt - section.bottom_margin.pt
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (156, 225)
    grid = section._sectPr.find(qn("w:docGrid"))
    pitch, space = int(grid.get(qn("w:linePitch"))) / 20, int(grid.get(qn("w:charSpace"))) / 4096
    assert (int(height / pitch), int(width / (16 + space) + 0.01)) == (22, 28)


def test_the_issuer_stands_in_red_between_two_lines_and_page_one_has_no_number(cast: Cast) -> None:
    section = opened(drafted(cast)).sections[0]
    assert section.different_first_page_header_footer
    head, foot = section.first_page_header.paragraphs[0], section.first_page_footer.paragraphs[0]
    [run] = head.runs
    assert (head.text, str(run.font.color.rgb), head.alignment) == ("示例人大街道工委", "C00000", 1)
    assert (line_of(head, "bottom"), line_of(foot, "top")) == (("thickThinSmallGap", 170), ("thinThickSmallGap", 170))
    assert (foot.text, "PAGE" in section.footer._element.xml) == ("", True)


def test_every_line_of_the_body_is_sixteen_points_at_one_pitch_and_black(cast: Cast) -> None:
    letter = services.issue_letter(letter=signed(cast), by=cast.committee)
    paragraphs = opened(letter).paragraphs
    texts = [each.text for each in paragraphs]
    title = texts.index(letter.title)
    assert re.fullmatch(r"湘乡人大东山工委函〔\d{4}〕1号", texts[0])
    assert (paragraphs[0].alignment, texts[title + 2]) == (2, f"{letter.unit.name}：")
    assert {round(each.paragraph_format.line_spacing.pt, 2) for each in paragraphs} == {28.95}
    sizes = {(run.font.size.pt, str(run.font.color.rgb)) for each in paragraphs for run in each.runs}
    assert sizes == {(16.0, "000000"), (22.0, "000000")}
    assert [run.font.size.pt for run in paragraphs[title].runs] == [22.0]
    body = paragraphs[title + 3]
    assert (body.text, round(body.paragraph_format.first_line_indent.pt)) == (letter.body, 32)
    date = next(each for each in paragraphs if re.fullmatch(r"\d{4}年\d+月\d+日", each.text))
    assert round(date.paragraph_format.right_indent.pt) == 64  # 右空四字


def test_the_annex_lists_every_item_and_repeats_its_head(cast: Cast) -> None:
    first, second = ledger.assigned(cast), ledger.assigned(cast, title="公交站没有雨棚")
    [table] = opened(drafted(cast, first, second)).tables
    cells = [[cell.text for cell in row.cells][:3] for row in table.rows]
    assert cells == [
        ["序号", "台账编号", "事项"],
        ["1", first.reference, first.title],
        ["2", second.reference, second.title],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_close_off_slip_tells_how_each_matter_ended(cast: Cast) -> None:
    item = ledger.closed_off(cast)
    [table] = opened(drafted(cast, item, kind="close_off")).tables
    today = day_in_words(timezone.localdate())
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "台账编号", "事项", "办结日期", "满意度", "销号日期"],
        ["1", item.reference, item.title, today, "满意", today],
    ]  # fmt: skip
