"""What pages of stations show: the page asks here, since the reads stand above it. Filled in AppConfig.ready()."""

from collections.abc import Callable
from typing import Any

_contexts: dict[str, Callable[[Any], dict[str, Any]]] = {}


def register_context(name: str, read: Callable[[Any], dict[str, Any]]) -> None:
    _contexts[name] = read


def context_of(name: str, of: Any) -> dict[str, Any]:
    """The template's values of `directory` (of a request) or `station` (of a page)."""
    return _contexts[name](of)
