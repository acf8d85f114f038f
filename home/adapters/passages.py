"""The words of a body as the search reads them, from what is stored: no picture, file or matter is fetched."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks


def words_of(body: Any) -> str:
    known = body.stream_block.child_blocks
    parts = [part for child in body.raw_data for part in _words(known.get(child["type"]), child["value"])]
    return "\n".join(part for part in parts if part)


def _words(block: Any, raw: Any) -> Iterator[str]:
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if isinstance(raw, dict) and name in raw:
                yield from _words(child, raw[name])
    elif isinstance(block, blocks.ListBlock):
        for each in raw or []:
            is_item = isinstance(each, dict) and each.get("type") == "item"
            yield from _words(block.child_block, each["value"] if is_item else each)
    elif isinstance(block, blocks.FieldBlock) and not isinstance(block, blocks.ChooserBlock | blocks.BooleanBlock):
        yield from block.get_searchable_content(block.to_python(raw))
