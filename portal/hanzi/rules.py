"""One way to compare Chinese text: full width, case, accents, invisible characters and traditional forms folded away.

Every original character is folded on its own, so a place in the folded text always leads back to the original.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

# Blank to the eye, yet letters or symbols to Unicode: Hangul fillers and the empty Braille cell.
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"
_INVISIBLE = {"Mn", "Me", "Cf", "Cs"}


def _traditional() -> dict[str, str]:
    lines = (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").splitlines()
    pairs = "".join(line for line in lines if not line.startswith("#"))
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    return {old: table.get(new, new) for old, new in table.items()}


class _Folding(dict[int, str]):
    """Filled as characters are met; str.translate asks it for the missing ones."""

    simplified = _traditional()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _BLANK_LETTERS:
            folded = " "
        else:
            plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).lower())
            folded = "".join(self._one(part) for part in plain if unicodedata.category(part) not in _INVISIBLE)
        self[code] = folded
        return folded

    def _one(self, char: str) -> str:
        digit = unicodedata.digit(char, None)
        return str(digit) if digit is not None else self.simplified.get(char, char)


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Folded:
    """`origins[i]` is the index in the original of the character that gave `text[i]`."""

    text: str
    origins: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the original behind `text[start:end]`; needs start < end."""
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> str:
    return text.translate(_FOLDING)


def fold_with_origins(text: str) -> Folded:
    parts = [_FOLDING[ord(char)] for char in text]
    return Folded("".join(parts), [index for index, part in enumerate(parts) for _ in part])
