"""What a trail entry or a follow speaks of: each feature registers how its kind is shown and who may see it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Subject:
    """A thing with a page. `visible_to(user)` decides whether its title may be shown to that user."""

    kind: str
    key: str
    title: str
    url: str
    visible_to: Callable[[Any], bool]
    own_title_for: Callable[[Any], str] | None = None  # "" for all but those whose matter it is
    is_confidential: bool = False  # counted, and never named beside a figure

    def title_for(self, user: Any) -> str:
        """The title as this person may read it on the site; never for mails and text messages."""
        own = self.own_title_for(user) if self.own_title_for else ""
        return own or self.title


LONGEST_KEY = 16  # digits

_resolvers: dict[str, Callable[[list[str]], dict[str, Subject]]] = {}
_labels: dict[str, Any] = {}


def register_subject(kind: str, resolve: Callable[[list[str]], dict[str, Subject]], label: Any = "") -> None:
    """`resolve(keys)` answers the known ones among `keys` in a constant number of queries; `label` names the kind."""
    _resolvers[kind] = resolve
    _labels[kind] = label or kind


def kind_in_words(kind: str) -> str:
    """建议 for `proposal`; an unknown kind as it is."""
    return str(_labels.get(kind, kind))


def row_keys(keys: Iterable[str]) -> set[int]:
    """Those that can be the primary key of a row; an address may hold anything, also more digits than a database."""
    return {int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < LONGEST_KEY}


def is_text(key: str) -> bool:
    """PostgreSQL takes no text with a NUL in it, not even to look for it."""
    return "\0" not in key


def subjects_of(kind: str, keys: list[str]) -> dict[str, Subject]:
    """The known subjects among `keys`, by key; unknown kinds and keys are simply absent."""
    resolve = _resolvers.get(kind)
    keys = [key for key in keys if is_text(key)]
    return resolve(keys) if resolve and keys else {}
