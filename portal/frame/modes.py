"""长者模式与高对比: how this visitor wants pages shown, kept in two plain cookies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

COOKIE_AGE = 365 * 24 * 3600
MODES = ("elder", "contrast")


@dataclass(frozen=True)
class DisplayModes:
    """The modes that are on; `css_class` goes on the html element."""

    elder: bool = False
    contrast: bool = False

    @property
    def css_class(self) -> str:
        return " ".join(name for name in MODES if getattr(self, name))


def modes_of(request: HttpRequest) -> DisplayModes:
    return DisplayModes(**{name: request.COOKIES.get(name) == "1" for name in MODES})


def set_mode(request: HttpRequest, response: HttpResponse, name: str, *, is_on: bool) -> None:
    """Turn one mode on or off on this device."""
    if is_on:
        response.set_cookie(name, "1", max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie(name, samesite="Lax")


# the floor above remembers the choice of whoever is logged in
_keepers: list[Callable[[Any, dict[str, bool]], None]] = []


def register_mode_keeper(keep: Callable[[Any, dict[str, bool]], None]) -> None:
    """`keep(user, {"elder": True})` is called when somebody who is logged in changes a mode."""
    if keep not in _keepers:
        _keepers.append(keep)


def remember_modes(user: Any, chosen: dict[str, bool]) -> None:
    for keep in _keepers:
        keep(user, chosen)
