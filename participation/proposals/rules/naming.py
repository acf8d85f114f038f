"""Numbers and generated titles."""

import re

from portal.accounts.rules import shown_name

TITLE_LENGTH = 25
BODY_LENGTH = 2000
SHORTEST_BODY = 4  # 路灯坏了
NUMBER_PREFIX = "JY"
_NUMBER = re.compile(r"^JY-(\d{9})-(\d{4})-(\d{6,})$")


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


def words_after_title(title: str, body: str) -> str:
    """The body for beside its title: without its beginning where the title was made of that."""
    start, shown = body.strip(), title.removesuffix("…")
    if not shown or title != generated_title(body) or not start.startswith(shown):
        return start
    rest = start[len(shown) :].lstrip(" \n。!?;,\uff01\uff1f\uff1b\uff0c、")
    return f"…{rest}" if shown != title else rest


def author_label(*, name: str = "", nickname: str = "", shows_nickname: bool = False) -> str:
    """How an author appears in public: 居民, 居民 张**, or the nickname if its owner ticked it (decisions.md 18)."""
    return shown_name(real_name=name, nickname=nickname.strip(), shows_nickname=shows_nickname)
