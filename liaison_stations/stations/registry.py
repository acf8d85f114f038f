"""What pages of stations show: the page asks here, since the reads stand above it. Filled in AppConfig.ready()."""

from collections.abc import Callable
from typing import Any

_contexts: dict[str, Callable[[Any], Any]] = {}


def register_context(name: str, read: Callable[[Any], Any]) -> None:
    _contexts[name] = read


def context_of(name: str, of: Any) -> Any:
    """The template's values of `directory` (of a request) or `station` (of a page), or its `findings`."""
    return _contexts[name](of)
