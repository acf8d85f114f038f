"""What a division code says about itself, and when a period of terms may still be touched. No Django here."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

CODE_PATTERN = re.compile(r"[0-9]{12}")

# Rank of each level, highest first; a parent must rank above its child.
RANKS = {"province": 0, "city": 1, "county": 2, "subdistrict": 3, "township": 3, "community": 4}

# How many leading digits belong to each rank.
_DIGITS = (2, 4, 6, 9, 12)


def code_is_well_formed(code: str) -> bool:
    return CODE_PATTERN.fullmatch(code) is not None


def rank_of_code(code: str) -> int:
    """0 province … 4 community, read from the trailing zeros of a 12-digit code."""
    for rank, digits in enumerate(_DIGITS):
        if set(code[digits:]) <= {"0"}:
            return rank
    return len(_DIGITS) - 1


def level_of_code(code: str, name: str) -> str:
    """The level that code and name suggest; subdistricts and townships share a rank and differ by name."""
    rank = rank_of_code(code)
    if rank == RANKS["subdistrict"]:
        return "subdistrict" if name.endswith("街道") else "township"
    return ("province", "city", "county", "", "community")[rank]


def parent_code_of(code: str) -> str:
    """The code one rank up, or "" for a province."""
    rank = rank_of_code(code)
    return "" if rank == 0 else code[: _DIGITS[rank - 1]].ljust(12, "0")


def path_of(parent_path: str, key: str) -> str:
    return f"{parent_path}{key}/"


def paths_up(path: str) -> list[str]:
    """The paths of a division and of all its ancestors, nearest first."""
    keys = path.rstrip("/").split("/")
    return ["/".join(keys[:end]) + "/" for end in range(len(keys), 0, -1)]


def nine_digits_of(path: str) -> str:
    """The nine digits that stand in a number such as JY-430381001-…; a division without a code lends its parent's."""
    for key in reversed(path.rstrip("/").split("/")):
        if code_is_well_formed(key):
            return key[:9]
    return ""


def period_has_begun(starts_on: date | None, today: date) -> bool:
    """A period without a date has been in force from the beginning."""
    return starts_on is None or starts_on <= today


def start_is_backdated(starts_on: date | None, today: date) -> bool:
    """Whether a new period with this start would speak about days already past."""
    return starts_on is None or starts_on < today


@dataclass(frozen=True)
class PhoneLine:
    """One line of the contact list: `number` as written, `dial` for a tel: link."""

    label: str
    number: str
    dial: str


_PHONE = re.compile(r"\+?[0-9][0-9\-() ()—–]{1,24}[0-9]|[0-9]{3,5}")


def phone_lines(text: str) -> list[PhoneLine]:
    """Lines such as `值班室 0731-12345678`; a line without a number is left out."""
    found = []
    for line in text.splitlines():
        line = unicodedata.normalize("NFKC", line).strip()
        match = _PHONE.search(line)
        if match:
            number = match[0].strip()
            label = (line[: match.start()] + line[match.end() :]).strip(" :,")
            dial = ("+" if number.startswith("+") else "") + re.sub(r"[^0-9]", "", number)
            found.append(PhoneLine(label, number, dial))
    return found
