"""Why a text is read before it is public, where the terms let known authors through (`first_and_flagged`)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_LINK = re.compile(r"(?:https?://|www\.|\b[a-z0-9-]{2,}\.(?:com|cn|net|org|top|xyz|vip|cc|info|shop)\b)", re.IGNORECASE)
_CONTACT = re.compile(r"(?:加|＋|\+)?(?:微信|薇信|vx|wx|v信|qq|扣扣|群号)[号:：\s]*[a-z0-9_-]{5,}", re.IGNORECASE)
# telephones however they are spaced, and whatever else has seven digits in a row; no dates, areas or sums of money
_DIGITS = re.compile(
    r"(?<![\d.])(?:1[3-9](?:[\s.\-_·]?\d){9}|0\d{2,3}(?:[\s\-]?\d){7,8}|\d{7,})(?![\d]|\.\d|\s*(?:元|平方|平米|㎡|万|亿))"
)

BURST, BURST_MINUTES = 5, 10  # this many texts within so many minutes
NEW_DAYS = 3
SAME_TEXTS = 2  # the same words said so often already


class ReviewReason(StrEnum):
    """为什么先审."""

    FIRST = "first"
    NEW_ACCOUNT = "new_account"
    BURST = "burst"
    REPEATED = "repeated"
    WORD = "word"
    PERSONAL = "personal"
    LINK = "link"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class AuthorFacts:
    """What is known of who writes: published texts, days since registration, texts of the last minutes, repeats."""

    published: int
    days_registered: int
    recent: int
    repeats: int = 0


def reasons_for_review(text: str, hit_levels: Iterable[str], author: AuthorFacts) -> frozenset[ReviewReason]:
    """Every reason that holds; empty means that the text may be public at once. Full width counts as half width."""
    plain = unicodedata.normalize("NFKC", text)
    levels = set(hit_levels)
    holds = {
        ReviewReason.FIRST: author.published == 0,
        ReviewReason.NEW_ACCOUNT: author.days_registered < NEW_DAYS,
        ReviewReason.BURST: author.recent >= BURST,
        ReviewReason.REPEATED: author.repeats >= SAME_TEXTS,
        ReviewReason.WORD: bool(levels & {"block", "review"}),
        ReviewReason.PERSONAL: "personal" in levels,
        ReviewReason.LINK: bool(_LINK.search(plain) or _CONTACT.search(plain)),
        ReviewReason.NUMBER: bool(_DIGITS.search(plain)),
    }
    return frozenset(reason for reason, is_so in holds.items() if is_so)
