"""Which proposals speak of the same matter: shared two-character pieces, filler left out. No dictionary."""

import re
import unicodedata
from collections import Counter

_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(f"[{_CJK}]+|[a-z0-9]+")
# Characters whose pairs tell nothing about the matter.
_FILLER = set(
    "的了是在我们你他她它这那有和与也都就请希望能不个一为到说要对于以及把被让给很还又吗呢吧啊及其等该并或而且将从"
)
_COMMON = frozenset(
    [
        "建议",
        "问题",
        "反映",
        "情况",
        "居民",
        "群众",
        "社区",
        "街道",
        "小区",
        "相关",
        "部门",
        "尊敬",
        "领导",
        "您好",
        "谢谢",
        "现在",
        "没有",
        "可以",
        "进行",
        "解决",
    ]
)


def pieces(text: str) -> Counter[str]:
    """Telling pairs of characters, and runs of letters or digits."""
    found: Counter[str] = Counter()
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii():
            if len(run) > 1:
                found[run] += 1
            continue
        for start in range(len(run) - 1):
            pair = run[start : start + 2]
            if pair not in _COMMON and not (set(pair) & _FILLER):
                found[pair] += 1
    return found


def likely_words(text: str, limit: int = 8) -> list[str]:
    """The pairs to look for, the most repeated first, then the earliest; from the first 300 characters."""
    return [piece for piece, _count in pieces(text[:300]).most_common(limit)]


def likeness(one: str, other: str) -> float:
    """0 to 1: how much of the shorter text's matter the other one shares."""
    first, second = set(pieces(one[:600])), set(pieces(other))
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))
