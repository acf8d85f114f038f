"""Arithmetic that a person can do in the head, shown as an image and said in words; no Django here."""

import re
import unicodedata

DIGITS = "零一二三四五六七八九"
OPERATOR_WORDS = {"+": "加", "-": "减"}
_NUMERALS = {character: value for value, character in enumerate(DIGITS)} | {"〇": 0, "两": 2}


def in_words(number: int) -> str:
    """0 to 99 as spoken: 8 → 八, 10 → 十, 15 → 十五, 20 → 二十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def question_in_words(challenge: str) -> str:
    """`3+5=` → 三加五等于几？ The same question as the image, for those who do not see it."""
    match = re.fullmatch(r"(\d+)([+-])(\d+)=", challenge)
    if match is None:
        raise ValueError(challenge)
    left, operator, right = match.groups()
    return f"{in_words(int(left))}{OPERATOR_WORDS[operator]}{in_words(int(right))}等于几？"


def normalised_answer(text: str) -> str:
    """What was typed as plain digits: full width, blanks, leading zeros and Chinese numerals are all understood."""
    plain = re.sub(r"[\s。.等于=]", "", unicodedata.normalize("NFKC", text))
    if plain.isascii():
        return str(int(plain)) if plain.isdigit() else plain
    match = re.fullmatch(r"([零〇一二两三四五六七八九]?)(十?)([零〇一二两三四五六七八九]?)", plain)
    if match is None:
        return plain
    tens, ten, ones = match.groups()
    if not ten:
        return str(_NUMERALS[tens]) if tens and not ones else plain
    return str((_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0))


def window_of(now: float, period: int) -> int:
    """The number of the fixed window of `period` seconds in which `now` (Unix seconds) lies."""
    return int(now // period)
