"""The result sheet as .docx on the sheet of GB/T 9704-2012 (domain.md 5.7). No seal is drawn, no emblem."""

import io
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from participation.ledger.documents.letter import (
    BODY,
    BODY_FONT,
    BOTTOM,
    CHARACTERS,
    LEFT,
    PITCH,
    RIGHT,
    TITLE,
    TITLE_FONT,
    TOP,
)
from portal.workdays.rules import day_in_words

from ..selectors.sheet import ResultSheet


def result_docx(sheet: ResultSheet) -> bytes:
    document = Document()
    _page(document)
    _paragraph(document, sheet.title, align=WD_ALIGN_PARAGRAPH.CENTER, font=TITLE_FONT, size=TITLE)
    _paragraph(document, "")
    for words in sheet.paragraphs:
        _paragraph(document, words, indent=2)
    if sheet.rows:
        _table(document, [sheet.heads, *sheet.rows])
    for words in sheet.closing:
        _paragraph(document, words, indent=2)
    _paragraph(document, "")
    _paragraph(document, "")
    dated = day_in_words(sheet.dated) if sheet.dated else _("    年  月  日")
    for words in (sheet.issuer, dated):
        signed = _paragraph(document, words, align=WD_ALIGN_PARAGRAPH.RIGHT)
        signed.paragraph_format.right_indent = Emu(BODY * 4)  # 右空四字
    document.core_properties.title, document.core_properties.author = sheet.title, sheet.issuer
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = TOP, LEFT, RIGHT, BOTTOM
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    area = Emu(Mm(210) - LEFT - RIGHT).pt
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(PITCH.pt * 20)))
    grid.set(qn("w:charSpace"), str(int((area / CHARACTERS - BODY.pt) * 4096)))
    _font(document.styles["Normal"], BODY_FONT, BODY)


def _font(target: Any, name: str, size: Pt) -> None:
    target.font.name, target.font.size, target.font.color.rgb = name, size, RGBColor(0, 0, 0)
    target.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _paragraph(
    document: Any, text: str, *, align: Any = None, font: str = BODY_FONT, size: Pt = BODY, indent: int = 0
) -> Any:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    form.space_before = form.space_after = Pt(0)
    if align is not None:
        paragraph.alignment = align
    if indent:
        form.first_line_indent = Emu(BODY * indent)
    _font(paragraph.add_run(text), font, size)
    return paragraph


def _table(document: Any, rows: list[tuple[str, ...]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            _font(cell.paragraphs[0].add_run(text), "黑体" if texts is rows[0] else BODY_FONT, Pt(14))
