"""A letter as .docx in the official letter form (信函格式, GB/T 9704-2012; domain.md 5.7). No seal is drawn: the sealed
paper's scan is the official copy."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from portal.workdays.rules import day_in_words

from ..models import Letter
from ..selectors.letters import AnnexRow, annex_heads, annex_of

RED = RGBColor(0xC0, 0x00, 0x00)
BODY_FONT, TITLE_FONT, ISSUER_FONT = "仿宋_GB2312", "方正小标宋简体", "方正小标宋简体"
BODY, TITLE, ISSUER = Pt(16), Pt(22), Pt(28)
PITCH = Pt(28.95)  # 22 lines in 225 mm
TOP, LEFT, RIGHT, BOTTOM = Mm(37), Mm(28), Mm(26), Mm(35)  # leaves a type area of 156 × 225 mm
HEAD, FOOT = Mm(30), Mm(20)
OUT_LEFT, OUT_RIGHT = Mm(-8), Mm(-6)  # a line of 170 mm, centred on the sheet
CHARACTERS = 28


def letter_docx(letter: Letter) -> bytes:
    """The letter with its annex table; the draft of one that has no number yet says 〔    〕号."""
    lines = annex_of(letter)
    document = Document()
    _page(document)
    _head_and_foot(document.sections[0], letter)
    number = letter.number or f"{letter.prefix}〔    〕  号"
    _paragraph(document, number, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _paragraph(document, "")
    _paragraph(document, letter.title, align=WD_ALIGN_PARAGRAPH.CENTER, font=TITLE_FONT, size=TITLE)
    _paragraph(document, "")
    _paragraph(document, f"{letter.unit.name}：")
    for words in letter.body.splitlines():
        if words.strip():
            _paragraph(document, words.strip(), indent=2)
    _paragraph(document, _("附件：事项清单（共%d件）") % len(lines), indent=2)
    _paragraph(document, "")
    _paragraph(document, "")
    signature = _paragraph(document, letter.issuer, align=WD_ALIGN_PARAGRAPH.RIGHT)
    dated = _paragraph(document, _date_in_words(letter.issued_on), align=WD_ALIGN_PARAGRAPH.RIGHT)
    for paragraph in (signature, dated):
        paragraph.paragraph_format.right_indent = Emu(BODY * 4)  # 右空四字
    if letter.copy_to:
        _paragraph(document, "")
        _paragraph(document, _("抄送：%s") % letter.copy_to, indent=1)
    _annex(document, letter.kind, lines)
    document.core_properties.title = letter.title
    document.core_properties.author = letter.issuer
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _date_in_words(day: date | None) -> str:
    return day_in_words(day) if day else _("    年  月  日")


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = TOP, LEFT, RIGHT, BOTTOM
    section.header_distance, section.footer_distance = HEAD, FOOT
    section.different_first_page_header_footer = True
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    area = Emu(Mm(210) - LEFT - RIGHT).pt
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(PITCH.pt * 20)))
    # 28 characters of 16 pt are a little wider than the type area: the grid draws them together
    grid.set(qn("w:charSpace"), str(int((area / CHARACTERS - BODY.pt) * 4096)))
    _font(document.styles["Normal"], BODY_FONT, BODY)


def _head_and_foot(section: Any, letter: Letter) -> None:
    """First page: the issuer in red over a thick-thin line, a thin-thick one at the foot; numbers from page two."""
    head = section.first_page_header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(head.add_run(letter.issuer), ISSUER_FONT, ISSUER, RED)
    _line(head, "bottom", "thickThinSmallGap", space=11)  # 4 mm below the name
    foot = section.first_page_footer.paragraphs[0]
    _line(foot, "top", "thinThickSmallGap", space=1)
    number = section.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("", " —")):
        _font(_field(number.add_run(), kind, text), "宋体", Pt(14))


def _field(run: Any, kind: str, text: str) -> Any:
    if not kind:
        run.text = text
        return run
    element = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
    if kind == "instr":
        element.text = text
    else:
        element.set(qn("w:fldCharType"), kind)
    run._r.append(element)
    return run


def _line(paragraph: Any, side: str, kind: str, *, space: int) -> None:
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = OUT_LEFT, OUT_RIGHT
    borders, border = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", "24"), ("space", str(space)), ("color", str(RED))):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _font(target: Any, name: str, size: Pt, colour: RGBColor | None = None) -> None:
    target.font.name, target.font.size = name, size
    target.font.color.rgb = colour or RGBColor(0, 0, 0)
    target.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _paragraph(
    document: Any, text: str, *, align: Any = None, font: str = BODY_FONT, size: Pt = BODY, indent: int = 0
) -> Any:
    paragraph = document.add_paragraph()
    _spaced(paragraph)
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Emu(BODY * indent)
    _font(paragraph.add_run(text), font, size)
    return paragraph


def _spaced(paragraph: Any) -> None:
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    form.space_before = form.space_after = Pt(0)


def _annex(document: Any, kind: str, lines: Sequence[AnnexRow]) -> None:
    """On a page of its own; a confidential item keeps its title in the paper that only its unit gets."""
    start = _paragraph(document, "")
    start.runs[0].add_break(WD_BREAK.PAGE)
    _paragraph(document, _("附件"), font="黑体")
    _paragraph(document, _("事项清单"), align=WD_ALIGN_PARAGRAPH.CENTER, font=TITLE_FONT, size=TITLE)
    heads = [_("序号"), _("台账编号"), _("事项"), *annex_heads(kind)]
    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    rows = [[str(line.position), line.item.reference, line.item.title, *line.cells] for line in lines]
    widths = [Mm(12), Mm(34), Mm(50), Mm(20), Mm(22), Mm(18)]
    for cells in [table.rows[0].cells, *(table.add_row().cells for _row in rows)]:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
    for row, texts in zip(table.rows, [heads, *rows], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _font(cell.paragraphs[0].add_run(text), "黑体" if row is table.rows[0] else BODY_FONT, Pt(12))
    _repeat_head(table.rows[0])


def _repeat_head(row: Any) -> None:
    element = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)
