"""履职信息: what the floors above know of a deputy, told to the directory from their `AppConfig.ready()`.

Only what happened and was registered is counted (代表法 第五十八条); points and rankings are internal, not told here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class PerformanceFigure:
    """`counts(deputy keys, first day, last day)` answers how many by key, zeros may be left out; one query for all."""

    label: str | Promise
    unit: str | Promise
    definition: str | Promise
    counts: Callable[[Iterable[int], date, date], Mapping[int, int]]
    order: int


@dataclass(frozen=True)
class Section:
    """A part of a deputy's page. `context(request, deputy)` gives the template's values, or None to stay away."""

    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    order: int


_figures: dict[str, PerformanceFigure] = {}
_sections: dict[str, Section] = {}


def register_performance(
    key: str,
    label: str | Promise,
    counts: Callable[[Iterable[int], date, date], Mapping[int, int]],
    order: int,
    *,
    unit: str | Promise,
    definition: str | Promise,
) -> None:
    _figures[key] = PerformanceFigure(label, unit, definition, counts, order)


def register_section(
    key: str, template: str, context: Callable[[HttpRequest, Any], dict[str, Any] | None], order: int
) -> None:
    """E.g. the next receptions, or how to leave a message."""
    _sections[key] = Section(template, context, order)


def performance_figures() -> list[PerformanceFigure]:
    return sorted(_figures.values(), key=lambda figure: figure.order)


def sections() -> list[Section]:
    return sorted(_sections.values(), key=lambda section: section.order)
