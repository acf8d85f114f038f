"""Chinese text as overlapping character pairs, for any full-text engine that splits on blanks.

A word of a query is found exactly where it is a substring of the folded text. Whatever is neither letter nor digit
separates, in the text as in the query: “老旧,小区” finds “老旧、小区” but not “老旧小区”.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.hanzi.rules import fold, fold_with_origins

MAX_QUERY = 100  # characters; a longer query is cut, which can only widen its result
SINGLE = "uu"  # begins no pair: a pair has two characters or spells one as u and six digits
_RUN = re.compile(r"[^\W_]+")
# Letters that SQLite's tokeniser is known to keep whole; any other goes in as u + its code.
_PLAIN = re.compile(r"[0-9a-z\u3400-\u4db5\u4e00-\u9fcb]")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query: index tokens that follow each other; with `is_open` the last may go on."""

    tokens: tuple[str, ...]
    is_open: bool = False


def index_text(text: str) -> str:
    return " ".join([*index_tokens(text), *single_tokens(text)])


def index_tokens(text: str) -> list[str]:
    """Every character begins exactly one token: 加装电梯 becomes 加装 装电 电梯 梯."""
    return [token for run in _RUN.findall(fold(text)) for token in _pairs(run)]


def single_tokens(text: str) -> list[str]:
    """Each different character once, marked: a query of one character need not gather all pairs that begin with it."""
    return [SINGLE + _spelt(char) for char in sorted(set("".join(_RUN.findall(fold(text)))))]


def query_terms(query: str) -> list[Term]:
    """The words of the query, all of which must be found; [] when nothing in it can be searched."""
    terms: list[Term] = []
    for word in fold(query[:MAX_QUERY]).split():
        runs = _RUN.findall(word)
        if not runs:
            continue
        if len(runs) == 1 and len(runs[0]) == 1:
            term = Term((SINGLE + _spelt(runs[0]),))
        else:
            tokens = [token for run in runs for token in _pairs(run)]
            is_open = len(runs[-1]) == 1
            if not is_open:
                tokens.pop()  # the run may go on in the document, so its last character alone is no token there
            term = Term(tuple(tokens), is_open)
        if term not in terms:
            terms.append(term)
    return terms


def highlight(text: str, query: str, width: int | None = None) -> SafeString:
    """The original text with the query's words in <mark>; `width` cuts a snippet round the first of them."""
    places = match_places(text, query)
    start, end = 0, len(text)
    if width is not None and len(text) > width:
        start = max(0, min((places[0][0] if places else 0) - width // 3, len(text) - width))
        end = start + width
    out = ["…"] if start else []
    for first, last in places:
        if last > start and first < end:
            first, last = max(first, start), min(last, end)
            out += [escape(text[start:first]), "<mark>", escape(text[first:last]), "</mark>"]
            start = last
    out += [escape(text[start:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(out))  # noqa: S308 - every piece of text was escaped above


def queries_met_by(text: str, queries: Iterable[str]) -> list[str]:
    """Those of the queries whose every word stands in the text; the text is folded once."""
    folded = fold(text)

    def is_met(query: str) -> bool:
        words = [_RUN.findall(word) for word in fold(query[:MAX_QUERY]).split()]
        patterns = [r"[\W_]+".join(map(re.escape, runs)) for runs in words if runs]
        return bool(patterns) and all(re.search(pattern, folded) for pattern in patterns)

    return [query for query in queries if is_met(query)]


def match_places(text: str, query: str) -> list[tuple[int, int]]:
    """Slices of the original that a word of the query matches, in order, joined where they touch."""
    words = [_RUN.findall(word) for word in fold(query[:MAX_QUERY]).split()]
    patterns = {r"[\W_]+".join(map(re.escape, runs)) for runs in words if runs}
    if not patterns:
        return []
    folded = fold_with_origins(text)
    pattern = re.compile("|".join(sorted(patterns, key=len, reverse=True)))
    places: list[tuple[int, int]] = []
    for match in pattern.finditer(folded.text):
        start, end = folded.span(*match.span())
        if places and start <= places[-1][1]:
            places[-1] = places[-1][0], max(end, places[-1][1])
        else:
            places.append((start, end))
    return places


def _pairs(run: str) -> list[str]:
    spelt = [_spelt(char) for char in run]
    return [first + second for first, second in zip(spelt, [*spelt[1:], ""], strict=True)]


def _spelt(char: str) -> str:
    return char if _PLAIN.match(char) else f"u{ord(char):06x}"
