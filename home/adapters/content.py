"""Reading a page as its readers will: every text with the field and block it stands in."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from portal.wording.selectors import matcher

from ..rules.content import Finding, Piece, check

SKIPPED = frozenset({"phone", "clause", "level"})  # checked by their own pattern, or not an editor's words


def findings_of(page: Any) -> list[Finding]:
    return check(pieces_of(page), matcher())


def pieces_of(page: Any) -> list[Piece]:
    return list(_pieces(page))


def _pieces(page: Any) -> Iterator[Piece]:
    for name in ("title", "seo_title", "search_description", "summary", "introduction", "hero", "source", "author"):
        if text := getattr(page, name, ""):
            yield Piece(name, str(page._meta.get_field(name).verbose_name), str(text))
    if getattr(page, "lead_image_id", None):
        label = str(page._meta.get_field("lead_image_alt").verbose_name)
        yield Piece("lead_image_alt", label, page.lead_image_alt, is_alt=True)
    for index, child in enumerate(getattr(page, "body", None) or []):
        label = f"正文第{index + 1}块“{child.block.label}”"
        yield from _in_block(child.block, child.value, label, index)


def _in_block(block: Any, value: Any, label: str, index: int) -> Iterator[Piece]:
    if isinstance(block, ImageBlock):
        if value is not None and not value.decorative:
            yield Piece("body", label, value.contextual_alt_text or "", index, is_alt=True)
    elif isinstance(block, RichTextBlock):
        source = value.source if isinstance(value, RichText) else str(value or "")
        yield Piece("body", label, source, index, is_html=True)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if name not in SKIPPED:
                yield from _in_block(child, value.get(name), label, index)
    elif isinstance(block, ListBlock):
        for each in value or []:
            yield from _in_block(block.child_block, each, label, index)
    elif isinstance(block, StreamBlock):
        for each in value or []:
            yield from _in_block(each.block, each.value, label, index)
    elif isinstance(value, str) and value:
        yield Piece("body", label, value, index)
