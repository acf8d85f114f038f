"""When a visitor may be written down, and which words an answer at the table may not have."""

from datetime import date

# 代表法 第三十一条: a deputy passes on and urges, and handles nothing; domain.md 7
NEVER_SAID = ("已解决", "已经解决", "已办结", "已销号")


def may_be_recorded(*, is_held: bool, is_published: bool, on: date, today: date) -> bool:
    """Of a held session, or of one that takes place today: the table is open before the sheet is signed off."""
    return is_held or (is_published and on == today)


def words_never_said(text: str) -> list[str]:
    return [word for word in NEVER_SAID if word in text]


def names_the_visitor(name: str, text: str) -> bool:
    """Public words never name who came; one character alone says nothing."""
    return len(name.strip()) > 1 and name.strip() in text
