"""Numbers of messages, tokens of QR codes, and how long texts may be."""

import re

PREFIX = "LY"
BODY_LENGTH, ANSWER_LENGTH, TITLE_LENGTH, NAME_LENGTH, REASON_LENGTH = 1000, 500, 100, 40, 200
SHORTEST_BODY = 4

# without i, l, o, 0 and 1: the address below the square is typed by hand as well
TOKEN_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - an alphabet, no secret
TOKEN_LENGTH = 10  # 31^10: nobody guesses one
_NUMBER = re.compile(r"LY-\d{9}-\d{4}-\d{6}")


def message_series(division_code: str, year: int) -> str:
    """Numbers run per division and year; a division without a code yet counts under zeros."""
    return f"{PREFIX}-{division_code.ljust(9, '0')[:9]}-{year}"


def format_number(series: str, count: int) -> str:
    return f"{series}-{count:06d}"


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def is_token(text: str) -> bool:
    return len(text) == TOKEN_LENGTH and set(text) <= set(TOKEN_LETTERS)


def says_something(text: str) -> bool:
    return sum(character.isalnum() for character in text) >= SHORTEST_BODY
