"""Who finds what by number: each feature registers the prefix of its numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Found:
    """A numbered matter and the page shown to whoever proves to hold its slip. `division` scopes the staff."""

    number: str
    url: str
    division: Any = None


Finder = Callable[..., Sequence[Found]]
_finders: dict[str, Finder] = {}


def register_prefix(prefix: str, finder: Finder) -> None:
    """`finder(number=…)` answers none or one, `finder(last_six=…, limit=…)` up to `limit`, one query each.

    Every numbered matter counts, also one that is not public: its holder may see it. Drafts have no number.
    """
    _finders[prefix] = finder


def find_number(number: str) -> list[Found]:
    finder = _finders.get(number.partition("-")[0])
    return list(finder(number=number)) if finder else []


def find_last_six(last_six: str, limit: int) -> list[Found]:
    return [found for finder in _finders.values() for found in finder(last_six=last_six, limit=limit)]
