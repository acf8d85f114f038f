"""What pages of stations show: the page asks here, since the reads stand above it. Filled in AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

_contexts: dict[str, Callable[[Any], Any]] = {}


def register_context(name: str, read: Callable[[Any], Any]) -> None:
    _contexts[name] = read


def context_of(name: str, of: Any) -> Any:
    """The template's values of `directory` (of a request) or `station` (of a page), or its `findings`."""
    return _contexts[name](of)


@dataclass(frozen=True)
class Section:
    """A part of a station's page. `context(request, station)` gives the template's values, or None to stay away."""

    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    order: int


_sections: dict[str, Section] = {}


def register_section(
    key: str, template: str, context: Callable[[HttpRequest, Any], dict[str, Any] | None], order: int
) -> None:
    """What a higher feature knows of a station: its next receptions (10), a message to it (20)."""
    _sections[key] = Section(template, context, order)


def sections() -> list[Section]:
    return sorted(_sections.values(), key=lambda section: section.order)
