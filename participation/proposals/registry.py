"""What a higher feature puts on a proposal's public page: news about it, later meetings and projects."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RelatedSection:
    template: str
    context: Callable[[Any], dict[str, Any] | None]
    order: int


_related: dict[str, RelatedSection] = {}


def register_related(key: str, template: str, context: Callable[[Any], dict[str, Any] | None], order: int) -> None:
    """Called from `AppConfig.ready()`. `context(proposal)` gives the template's values, or None for nothing to show."""
    _related[key] = RelatedSection(template, context, order)


def related_sections() -> list[RelatedSection]:
    return sorted(_related.values(), key=lambda section: section.order)
