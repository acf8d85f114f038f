"""What people type from a slip, and the code that goes with a number."""

import re
import unicodedata
from dataclasses import dataclass

NUMBER = re.compile(r"([A-Z]{2,4})(\d{9})(\d{4})(\d{6})")
_DROPPED = re.compile(r"[\s\-‐-―−_/.·:：,，#№]|编号|受理|查询码")
CODE_DIGITS = 6


@dataclass(frozen=True)
class Asked:
    """Either the full number in its written form, or its last six digits."""

    number: str = ""
    last_six: str = ""

    @property
    def limit_key(self) -> str:
        return self.number or f"*{self.last_six}"


def _plain(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).upper()


def asked_number(text: str) -> Asked | None:
    """`jy－430381001-2026-000123`, the same without dashes, `000123` and `123` are understood; None is no number."""
    plain = _plain(text)
    if match := NUMBER.fullmatch(plain):
        return Asked(number="-".join(match.groups()))
    if re.fullmatch(r"\d{1,6}", plain):
        return Asked(last_six=plain.zfill(6))
    return None


def asked_code(text: str) -> str:
    """The digits of the code; empty when it cannot be one."""
    plain = _plain(text)
    return plain if re.fullmatch(rf"\d{{{CODE_DIGITS}}}", plain, re.ASCII) else ""


def code_from_digest(digest: bytes) -> str:
    """A keyed digest as six digits (decisions 12)."""
    return f"{int.from_bytes(digest[:8], 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
