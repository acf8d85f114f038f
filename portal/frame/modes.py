"""长者模式、高对比、深浅色: how this visitor wants pages shown, kept in three plain cookies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

COOKIE_AGE = 365 * 24 * 3600
MODES = ("elder", "contrast")
THEMES = ("dark", "light")


@dataclass(frozen=True)
class DisplayModes:
    """The modes that are on; `css_class` goes on the html element. An empty theme follows the device."""

    elder: bool = False
    contrast: bool = False
    theme: str = ""

    @property
    def css_class(self) -> str:
        names = [name for name in MODES if getattr(self, name)]
        return " ".join([*names, self.theme] if self.theme else names)


def modes_of(request: HttpRequest) -> DisplayModes:
    theme = request.COOKIES.get("theme", "")
    switches = {name: request.COOKIES.get(name) == "1" for name in MODES}
    return DisplayModes(**switches, theme=theme if theme in THEMES else "")


def _keep(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    if value:
        response.set_cookie(name, value, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie(name, samesite="Lax")


def set_mode(request: HttpRequest, response: HttpResponse, name: str, *, is_on: bool) -> None:
    """Turn one mode on or off on this device."""
    _keep(request, response, name, "1" if is_on else "")


def set_theme(request: HttpRequest, response: HttpResponse, theme: str) -> None:
    """dark or light on this device; anything else follows the device again."""
    _keep(request, response, "theme", theme if theme in THEMES else "")


# the floor above remembers the choice of whoever is logged in
_keepers: list[Callable[[Any, dict[str, bool]], None]] = []


def register_mode_keeper(keep: Callable[[Any, dict[str, bool]], None]) -> None:
    """`keep(user, {"elder": True})` is called when somebody who is logged in changes a mode."""
    if keep not in _keepers:
        _keepers.append(keep)


def remember_modes(user: Any, chosen: dict[str, bool]) -> None:
    for keep in _keepers:
        keep(user, chosen)
