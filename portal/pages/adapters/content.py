"""Reading a page as its readers will: every text with the field and block it stands in."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from portal.wording.selectors import matcher

from ..rules.content import Finding, Piece, check

SKIPPED = frozenset({"phone", "clause", "level"})  # checked by their own pattern, or not an editor's words


PERSONAL = {
    "mobile": _("手机号"),
    "id_card": _("身份证号"),
    "bank_card": _("银行卡号"),
    "plate": _("车牌号"),
    "email": _("电子邮箱"),
    "landline": _("个人电话"),
}
ADVICE = {
    "vague_link": _("链接文字“%(quote)s”没有说明去哪里，读屏软件单独念它时听不懂。请写成文件或页面的名称。"),
    "no_alt": _("图片没有替代文字。请写一句图里有什么；纯装饰的图请勾选“图片是装饰性的”。"),
    "no_lead_alt": _("题图没有替代文字。请在“题图的替代文字”里写一句图里有什么。"),
    "no_words": _("这一块没有文字。请写内容，或删掉这一块。"),
    "alt_is_file_name": _("替代文字“%(quote)s”像是文件名，请写成一句话。"),
    "alt_is_title": _("替代文字“%(quote)s”就是图片的名称，请看看它有没有说出图里有什么。"),
    "word_block": _("“%(quote)s”在词表里，不能发布。"),
    "word_review": _("“%(quote)s”在词表里，请核对。"),
    "personal_block": _("像是%(what)s“%(quote)s”，不能公开。确需公布的工作电话请用“联系方式”。"),
    "personal_review": _("像是%(what)s“%(quote)s”，请确认可以公开。"),
}


def findings_of(page: Any) -> list[Finding]:
    found = [replace(found, message=_message(found)) for found in check(pieces_of(page), matcher())]
    own: list[Finding] = page.own_findings() if hasattr(page, "own_findings") else []
    return found + own


def _message(found: Finding) -> str:
    code = "no_lead_alt" if (found.code, found.field) == ("no_alt", "lead_image_alt") else found.code
    return str(ADVICE[code]) % {"quote": found.quote, "what": PERSONAL.get(found.kind, found.kind)}


def pieces_of(page: Any) -> list[Piece]:
    return list(_pieces(page))


def _pieces(page: Any) -> Iterator[Piece]:
    for name in (
        "title",
        "seo_title",
        "search_description",
        "summary",
        "introduction",
        "hero",
        "source",
        "author",
        "address",
    ):
        if text := getattr(page, name, ""):
            yield Piece(name, str(page._meta.get_field(name).verbose_name), str(text))
    if getattr(page, "lead_image_id", None):
        label = str(page._meta.get_field("lead_image_alt").verbose_name)
        yield Piece("lead_image_alt", label, page.lead_image_alt, is_alt=True, picture_title=page.lead_image.title)
    for field in page._meta.fields:
        if not isinstance(field, StreamField):
            continue
        for index, child in enumerate(getattr(page, field.name) or []):
            where = {"field": field.verbose_name, "n": index + 1, "label": child.block.label}
            label = gettext("%(field)s第%(n)d块“%(label)s”") % where
            yield from _in_block(child.block, child.value, label, index, field.name)


def _in_block(block: Any, value: Any, label: str, index: int, field: str) -> Iterator[Piece]:
    if isinstance(block, ImageBlock):
        if value is not None and not value.decorative:
            yield Piece(field, label, value.contextual_alt_text or "", index, is_alt=True, picture_title=value.title)
    elif isinstance(block, RichTextBlock):
        source = value.source if isinstance(value, RichText) else str(value or "")
        yield Piece(field, label, source, index, is_html=True)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if name not in SKIPPED:
                yield from _in_block(child, value.get(name), label, index, field)
    elif isinstance(block, ListBlock):
        for each in value or []:
            yield from _in_block(block.child_block, each, label, index, field)
    elif isinstance(block, StreamBlock):
        for each in value or []:
            yield from _in_block(each.block, each.value, label, index, field)
    elif isinstance(value, str) and value:
        yield Piece(field, label, value, index)
