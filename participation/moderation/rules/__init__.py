"""What can be decided about a review from facts alone."""

from collections.abc import Sequence
from dataclasses import dataclass

# --- Permissions: names, and the roles that hold them within their division
VIEW = "moderation.view_queue"
DECIDE = "moderation.decide_review"
EXPORT = "moderation.export_queue"
CLOSE = "moderation.close_comments"

# Granted by `apps.ready()`, each within the division of the role.
ROLES: dict[str, frozenset[str]] = {
    VIEW: frozenset({"moderator", "committee", "director"}),
    DECIDE: frozenset({"moderator", "committee", "director"}),
    EXPORT: frozenset({"moderator", "committee", "director"}),
    CLOSE: frozenset({"director"}),
}


class Refused(Exception):
    """A verb that may not be done now. `message` is Chinese, shown as it is to the person who asked."""

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = str(message)


@dataclass(frozen=True)
class MarkedPiece:
    """A stretch of the original text; `level` is empty where no word list was hit."""

    text: str
    level: str = ""
    kind: str = ""


SEVERITY = ("note", "review", "personal", "block")


def marked_pieces(text: str, hits: Sequence[dict[str, object]]) -> list[MarkedPiece]:
    """Cut the original into plain and hit stretches; of overlapping hits the more severe wins, then the earlier."""
    levels: list[tuple[int, int, str, str]] = []
    for hit in hits:
        start, end = int(str(hit["start"])), int(str(hit["end"]))
        if 0 <= start < end <= len(text):
            levels.append((start, end, str(hit.get("level", "")), str(hit.get("kind", ""))))
    paint: list[tuple[str, str]] = [("", "")] * len(text)
    for start, end, level, kind in sorted(levels, key=lambda row: SEVERITY.index(row[2]) if row[2] in SEVERITY else -1):
        paint[start:end] = [(level, kind)] * (end - start)
    pieces: list[MarkedPiece] = []
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or paint[position] != paint[start]:
            pieces.append(MarkedPiece(text[start:position], *paint[start]))
            start = position
    return pieces


def needs_reason(verb: str) -> bool:
    """The verbs whose author or public must be given a reason."""
    return verb in {"return_for_correction", "reject", "transfer", "hide"}


FEW = 5


def count_in_words(count: int) -> str:
    """A count under five is not named, nor whether there was one."""
    return str(count) if count >= FEW else f"不足{FEW}"


def share_in_words(part: int, total: int) -> str:
    """A percentage with one decimal, by integers; a dash where so few are meant that it would tell of one."""
    if total < FEW * 4:
        return "—"
    thousandths = (2000 * part + total) // (2 * total)
    return f"{thousandths // 10}.{thousandths % 10}%"
