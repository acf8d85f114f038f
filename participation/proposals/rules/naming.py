"""Numbers, generated titles and the name under which an author appears."""

import re

TITLE_LENGTH = 25
BODY_LENGTH = 2000
NUMBER_PREFIX = "JY"
_NUMBER = re.compile(r"^JY-(\d{9})-(\d{4})-(\d{6,})$")
# 复姓: masking after the first character would print half a surname.
_COMPOUND = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "梁丘",
        "左丘",
        "东门",
        "西门",
    ]
)


def number_series(division_code: str, year: int) -> str:
    """Numbers run per division and year; a division without a code yet counts under zeros."""
    return f"{NUMBER_PREFIX}-{(division_code or '').ljust(9, '0')[:9]}-{year}"


def format_number(series: str, count: int) -> str:
    return f"{series}-{count:06d}"


def is_number(text: str) -> bool:
    return bool(_NUMBER.match(text))


def short_number(number: str) -> str:
    """The last six digits, which a caller reads out over the phone."""
    return number[-6:]


def generated_title(body: str) -> str:
    """The first clause of the body, cut to the length of a title."""
    start = body.strip()
    first = re.split(r"[\n。!?;\uff01\uff1f\uff1b]", start, maxsplit=1)[0].strip() or start
    first = re.sub(r"\s+", " ", first)
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1].rstrip(" ,\uff0c、") + "…"


def masked_name(name: str) -> str:
    """张建国 -> 张**, 欧阳明 -> 欧阳**; whatever the length, two stars, so that it tells nothing more."""
    name = re.sub(r"\s+", "", name)
    if not name:
        return ""
    surname = name[:2] if name[:2] in _COMPOUND and len(name) > 2 else name[:1]
    return f"{surname}**"


def author_label(*, name: str = "", nickname: str = "", shows_nickname: bool = False) -> str:
    """How the author appears in public: 居民, 居民张**, or the nickname if its owner ticked it (decisions.md 18)."""
    if shows_nickname and nickname.strip():
        return nickname.strip()
    return f"居民{masked_name(name)}"
