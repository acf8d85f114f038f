"""The pieces of the page `/me/`: features add theirs from `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panel:
    """`context(request)` feeds `template`; None leaves the panel out for this person."""

    name: str
    template: str
    context: Callable[[Any], dict[str, Any] | None]
    order: int


_panels: dict[str, Panel] = {}


def register_panel(name: str, template: str, context: Callable[[Any], dict[str, Any] | None], order: int = 100) -> None:
    _panels[name] = Panel(name, template, context, order)


def panels() -> list[Panel]:
    return sorted(_panels.values(), key=lambda panel: (panel.order, panel.name))
