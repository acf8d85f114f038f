"""What a public text leaves out of the original, and what it adds."""

from dataclasses import dataclass
from difflib import SequenceMatcher

AT_MOST = 3000  # characters compared one by one; longer texts go by sentences


@dataclass(frozen=True, slots=True)
class DifferentPiece:
    """`kind` is "same", "gone" (only in the original) or "new" (only in the public text)."""

    kind: str
    text: str


def _parts(text: str, *, is_long: bool) -> list[str]:
    if not is_long:
        return list(text)
    parts, start = [], 0
    for place, char in enumerate(text, 1):
        if char in "。！？；!?;\n":
            parts.append(text[start:place])
            start = place
    return [*parts, text[start:]] if start < len(text) else parts


def differences(original: str, public: str) -> list[DifferentPiece]:
    """Both texts in one, in order; empty where nothing differs. Joining same and gone gives the original again."""
    if original == public:
        return []
    is_long = len(original) + len(public) > AT_MOST
    left, right = _parts(original, is_long=is_long), _parts(public, is_long=is_long)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(DifferentPiece("same", "".join(left[a:b])))
            continue
        if a < b:
            pieces.append(DifferentPiece("gone", "".join(left[a:b])))
        if c < d:
            pieces.append(DifferentPiece("new", "".join(right[c:d])))
    return pieces
