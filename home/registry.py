"""What a feature puts on the home page: a door (a button or link) or a section. Called from AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Door:
    label: str | Promise
    url_name: str
    order: int
    icon: str = ""
    is_main: bool = False
    url: str = ""


@dataclass(frozen=True)
class Section:
    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]
    order: int
    is_aside: bool = False


_doors: dict[str, Door] = {}
_sections: dict[str, Section] = {}


def register_door(
    key: str, label: str | Promise, url_name: str, order: int, *, icon: str = "", is_main: bool = False
) -> None:
    """An entrance under the large words; exactly one should be main (我要提建议)."""
    _doors[key] = Door(label, url_name, order, icon, is_main)


def register_section(
    key: str,
    template: str,
    context: Callable[[HttpRequest], dict[str, Any] | None],
    order: int,
    *,
    is_aside: bool = False,
) -> None:
    """`context(request)` gives the template's values, or None when there is nothing to show: the section stays away.

    `is_aside`: beside the others on a desk, after them on a phone.
    """
    _sections[key] = Section(template, context, order, is_aside)


def doors() -> list[Door]:
    """The doors whose address exists, in order."""
    shown = []
    for door in sorted(_doors.values(), key=lambda d: d.order):
        try:
            shown.append(Door(door.label, door.url_name, door.order, door.icon, door.is_main, reverse(door.url_name)))
        except NoReverseMatch:
            continue
    return shown


def filled_sections(request: HttpRequest, *, is_aside: bool = False) -> list[SafeString]:
    rendered = []
    wanted = [section for section in _sections.values() if section.is_aside == is_aside]
    for section in sorted(wanted, key=lambda s: s.order):
        values = section.context(request)
        if values is not None:
            rendered.append(render_to_string(section.template, values, request=request))
    return rendered
