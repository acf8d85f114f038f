"""Whose page is it? Features that own addresses say so from `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """The page at an address: its title, and the division whose editors answer for it."""

    title: str
    division: Any = None


_finders: list[Callable[[str], Place | None]] = []


def register_place_finder(find: Callable[[str], Place | None]) -> None:
    """`find(path)` answers None for an address that is not the feature's. Only what anybody may see has a title."""
    if find not in _finders:
        _finders.append(find)


def place_of(path: str) -> Place | None:
    return next((place for find in _finders if (place := find(path)) is not None), None)
