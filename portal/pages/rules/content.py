"""What is wrong with a text that is about to be published: personal data, listed words, vague links, missing alts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from portal.wording.rules import Matcher, find_personal_data

VAGUE = frozenset(
    "点击 点这里 点此 点击这里 点击此处 点击查看 点击进入 点击下载 这里 此处 这个 链接 原文链接 更多 查看更多 "
    "了解更多 详情 查看详情 详情点击 详见 查看 下载 附件 here clickhere more readmore".split()
)
# what a public text never carries; the rest is asked about
NEVER = frozenset({"id_card", "bank_card", "mobile"})
UNSEEN = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")


@dataclass(frozen=True)
class Piece:
    """One text of a page: which field it stands in, which block of the body, and whether it is HTML."""

    field: str
    label: str
    text: str
    block_index: int | None = None
    is_html: bool = False
    is_alt: bool = False
    picture_title: str = ""


@dataclass(frozen=True)
class Finding:
    """`blocks`: it may not be submitted; else it is shown and left to the editor.

    `kind` is that of the personal data; `message` is put into words where it is shown.
    """

    field: str
    label: str
    code: str
    blocks: bool
    block_index: int | None = None
    quote: str = ""
    kind: str = ""
    message: str = ""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.text: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open = []
        elif tag in ("p", "li", "br"):
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open is not None:
            self.links.append("".join(self._open))
            self._open = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._open is not None:
            self._open.append(data)


def plain(html: str) -> tuple[str, list[str]]:
    """The text as it is read, and the words of each link."""
    parser = _Links()
    parser.feed(html)
    parser.close()
    return "".join(parser.text), parser.links


def is_vague(words: str) -> bool:
    return re.sub(r"[\W_]+", "", words).lower() in VAGUE


def check(pieces: Iterable[Piece], matcher: Matcher) -> list[Finding]:
    """Everything found, in the order of the page."""
    return [finding for piece in pieces for finding in _check_one(piece, matcher)]


def _check_one(piece: Piece, matcher: Matcher) -> list[Finding]:
    if piece.is_alt:
        return _check_alt(piece, matcher)
    text, links = plain(piece.text) if piece.is_html else (piece.text, [])
    if piece.is_html and not UNSEEN.sub("", text) and not re.search(r"<(?:embed|hr)\b", piece.text):
        return [_finding(piece, "no_words", True)]
    found = [_finding(piece, "vague_link", True, quote=words.strip()) for words in links if is_vague(words)]
    return found + _check_words(piece, text, matcher)


def _check_alt(piece: Piece, matcher: Matcher) -> list[Finding]:
    if not piece.text.strip():
        return [_finding(piece, "no_alt", True)]
    if re.fullmatch(r"[\w\-. ()（）]+\.(?:jpe?g|png|gif|webp|avif)|(?:IMG|DSC|微信图片)[_\-]?\w*", piece.text, re.I):
        return [_finding(piece, "alt_is_file_name", True, quote=piece.text)]
    is_title = piece.text.strip() == piece.picture_title.strip()
    untouched = [_finding(piece, "alt_is_title", False, quote=piece.text)] if is_title else []
    return untouched + _check_words(piece, piece.text, matcher)


def _check_words(piece: Piece, text: str, matcher: Matcher) -> list[Finding]:
    found = []
    for hit in find_personal_data(text, is_official=True):
        level = "block" if hit.kind in NEVER else "review"
        quote = text[hit.start : hit.end]
        found.append(_finding(piece, f"personal_{level}", level == "block", quote=quote, kind=hit.kind))
    for word in matcher.hits(text):
        if word.level != "note":
            quote = text[word.start : word.end]
            found.append(_finding(piece, f"word_{word.level}", word.level == "block", quote=quote))
    return found


def _finding(piece: Piece, code: str, blocks: bool, quote: str = "", kind: str = "") -> Finding:
    return Finding(piece.field, piece.label, code, blocks, piece.block_index, quote, kind)
