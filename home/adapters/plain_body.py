"""The body of a page as plain text fields, for writing with scripts off; what is not text stays where it is."""

import html
import json
from typing import Any, NamedTuple

from portal.pages.rules.content import plain


class Part(NamedTuple):
    """`text` is None for a block that has no plain form, such as a picture or a table."""

    place: int
    label: str
    text: str | None


def parts_of(page: Any) -> list[Part]:
    return [Part(index, str(each.block.label), _text(each)) for index, each in enumerate(page.body or [])]


def _text(child: Any) -> str | None:
    if child.block_type == "paragraph":
        return plain(child.value.source)[0].strip()
    return str(child.value["text"]) if child.block_type == "heading" else None


def put(page: Any, texts: dict[int, str], more: str) -> None:
    """A text that was left alone keeps its bold and its links; an emptied block goes; `more` is added at the end."""
    raw = list(page.body.get_prep_value()) if page.body else []
    for part in parts_of(page):
        words = texts.get(part.place)
        if words is None or part.text is None or _same(words, part.text):
            continue
        if not words.strip():
            raw[part.place] = None
        elif raw[part.place]["type"] == "heading":
            raw[part.place]["value"]["text"] = words.strip()[:60]
        else:
            raw[part.place]["value"] = _paragraphs(words)
    kept = [each for each in raw if each is not None]
    if more.strip():
        kept.append({"type": "paragraph", "value": _paragraphs(more)})
    page.body = json.dumps(kept)


def _same(words: str, text: str) -> bool:
    return words.split() == text.split()


def _paragraphs(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)
