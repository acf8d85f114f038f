"""长者模式与高对比: how this visitor wants pages shown, kept in two plain cookies."""

from dataclasses import dataclass

from django.http import HttpRequest

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
