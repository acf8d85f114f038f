"""Chinese text -> overlapping character bigrams, for any full-text engine that splits on spaces."""

import re
import unicodedata

from django.utils.html import conditional_escape, mark_safe

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_TOKEN = re.compile(f"[{CJK}]+|[^\\W_{CJK}]+")


def _runs(text):
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def _grams(run):
    """Every character starts exactly one token: 加装电梯 -> 加装 装电 电梯 梯."""
    return [run[i : i + 2] for i in range(len(run))] if run[0] >= "\u3400" else [run]


def index_text(text):
    return " ".join(g for run in _runs(text) for g in _grams(run))


def query_terms(text):
    """[(phrase of index tokens, match last token as prefix)] one per space-separated word."""
    out = []
    for word in text.split():
        runs = _runs(word)
        if runs:
            tokens = [g for run in runs for g in _grams(run)]
            lone = runs[-1][0] >= "\u3400" and len(runs[-1]) == 1
            if runs[-1][0] >= "\u3400" and not lone:
                tokens.pop()  # the run may go on in the document
            out.append((" ".join(tokens), lone))
    return out


def highlight(text, query, width=None):
    """Original text with the query's words in <mark>; width cuts a snippet round the first match."""
    words = sorted({w for w in query.split() if w}, key=len, reverse=True)
    if not words:
        return conditional_escape(text[:width])
    pattern = re.compile("|".join(map(re.escape, words)), re.I)
    if width:
        first = pattern.search(text)
        start = max(0, (first.start() if first else 0) - width // 3)
        text = ("…" if start else "") + text[start : start + width] + ("…" if start + width < len(text) else "")
    out, end = [], 0
    for m in pattern.finditer(text):
        out += [conditional_escape(text[end : m.start()]), "<mark>", conditional_escape(m[0]), "</mark>"]
        end = m.end()
    return mark_safe("".join([*out, conditional_escape(text[end:])]))
