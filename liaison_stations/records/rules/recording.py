"""When a visitor may be written down, and which words an answer at the table may not have."""

import re
from datetime import date

# 代表法 第三十一条: a deputy passes on and urges, and handles nothing; domain.md 7
_NEVER_SAID = re.compile("已经?(?:妥善|圆满|全部|彻底|顺利)?(?:解决|办结|销号)")


def may_be_recorded(*, is_held: bool, is_published: bool, on: date, today: date) -> bool:
    """Of a held session, or of one that takes place today: the table is open before the sheet is signed off."""
    return is_held or (is_published and on == today)


def words_never_said(text: str) -> list[str]:
    """As they stand, also where a space was put between."""
    return _NEVER_SAID.findall("".join(text.split()))


def names_the_visitor(name: str, text: str) -> bool:
    """Public words never name who came; one character alone says nothing."""
    return len(name.strip()) > 1 and name.strip() in text
