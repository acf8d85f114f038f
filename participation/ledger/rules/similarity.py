"""Which proposals speak of the same matter: shared two-character pieces, filler and places left out. No dictionary."""

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
        "尽快",
        "快修",
        "修好",
        "及时",
        "处理",
        "附近",
        "地方",
        "孩子",
        "老人",
    ]
)
_NAME = f"(?:(?![{''.join(sorted(_FILLER))}])[{_CJK}])"
# Where it is says nothing about what it is: 东风小区, 三眼井社区, 滨河北路, 书院街, 七栋
_PLACE = re.compile(
    f"{_NAME}{{0,3}}(?:花园|安置)?(?:小区|社区|街道|花园|宿舍|家属院|公寓|大厦|新村)"
    f"|(?:(?<=[在住到])|^){_NAME}{{2}}里"
    f"|{_NAME}{{2,3}}(?:大道|路(?![灯面口边况]|标)|街|巷|苑|村|镇)"
    f"|{_NAME}{{0,2}}[一二三四五六七八九十0-9](?:栋|单元|号楼)楼?下?"
)
SHARED_AT_LEAST = 2  # one pair in common is chance, unless one of the two says hardly more


def pieces(text: str) -> Counter[str]:
    """Telling pairs of characters, and runs of letters or digits; names of places tell nothing."""
    found: Counter[str] = Counter()
    for run in _RUN.findall(_PLACE.sub(" ", unicodedata.normalize("NFKC", text).lower())):
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
    shared, shorter = len(first & second), min(len(first), len(second))
    return shared / shorter if shared >= min(SHARED_AT_LEAST, shorter) else 0.0
