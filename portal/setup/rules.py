"""How a set-up token is written and compared. No Django here."""

import hashlib
import unicodedata

# Without letters and digits that are mistaken for each other on a screen or on the phone.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 20  # 100 bits
GROUP = 5


def written(token: str) -> str:
    """In groups, as it is printed: 7KQ2M-…"""
    return "-".join(token[start : start + GROUP] for start in range(0, len(token), GROUP))


def token_digest(token: str) -> str:
    """Of what was typed: case, blanks, dashes and full width do not matter."""
    plain = unicodedata.normalize("NFKC", token).upper()
    return hashlib.sha256("".join(c for c in plain if c in ALPHABET).encode()).hexdigest()
