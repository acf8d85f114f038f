"""What must hold before a step, decided from facts alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from .clock import Basis

# X24 binds 代表建议 and 议事会意见; a resident may also be phoned or visited.
FACE_SOURCES = frozenset({"council_opinion", "member_opinion", "deputy_suggestion"})
NO_CONTACT_SOURCES = frozenset({"snap", "import"})
REACHED = frozenset({"face", "visit", "phone"})
ATTEMPTS = 2  # “两次联系未果”


@dataclass(frozen=True)
class ContactMade:
    way: str
    on: date


def needs_face_to_face(source: str, face_to_face_required: bool) -> bool:
    return source in FACE_SOURCES and face_to_face_required


def contact_is_enough(
    *, source: str, face_to_face_required: bool, reachable_parties: int, contacts: Collection[ContactMade]
) -> bool:
    """X24: whether the unit has spoken with whoever raised it, as the source and the terms ask."""
    if source in NO_CONTACT_SOURCES or not reachable_parties:
        return True
    ways = [contact.way for contact in contacts]
    if needs_face_to_face(source, face_to_face_required):
        return "face" in ways
    if source in FACE_SOURCES:
        return True
    days = {contact.on for contact in contacts if contact.way == "failed"}
    return bool(REACHED & set(ways)) or "declined" in ways or len(days) >= ATTEMPTS


def basis_of(source: str, *, has_months: bool, promise_days: int | None) -> Basis:
    """The basis of the clock by the source (domain.md, five things 7)."""
    if source == "deputy_suggestion":
        return Basis.LAW
    if source in {"council_opinion", "member_opinion"}:
        return Basis.DOCUMENT if has_months else Basis.NONE
    if source == "import":
        return Basis.NONE
    return Basis.PROMISE if promise_days else Basis.NONE


def ratings_ask_for(values: Sequence[str], leg: int, *, is_elsewhere: bool = False) -> str:
    """What a dissatisfied proposer sets going: "rework" after the first leg, "decide" after a later one, or "".

    What an upper level or 12345 handled cannot be ordered to be done again: the committee decides at once.
    """
    if "dissatisfied" not in values:
        return ""
    if is_elsewhere:
        return "decide"
    return "rework" if leg == 1 else "decide"
