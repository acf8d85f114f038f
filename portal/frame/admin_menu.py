"""Wagtail's menu as plain links: its sidebar is drawn by a script."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from wagtail.admin.menu import Menu, MenuItem, admin_menu


@dataclass(frozen=True)
class PlainItem:
    """`url` is empty for a group, which has `items`."""

    name: str
    label: str
    url: str = ""
    items: list["PlainItem"] = field(default_factory=list)


def plain_menu(request: HttpRequest) -> list[PlainItem]:
    """What the sidebar would offer this person, in its order, but for what only a script can do."""
    return _items(admin_menu, request)


def _items(menu: Menu, request: HttpRequest) -> list[PlainItem]:
    shown: list[MenuItem] = sorted(menu.menu_items_for_request(request), key=lambda item: item.order)
    rows = [
        PlainItem(item.name, str(item.label), items=_items(item.menu, request))
        if hasattr(item, "menu")
        else PlainItem(item.name, str(item.label), str(item.url))
        for item in shown
    ]
    return [row for row in rows if row.items or row.url not in {"", "#"}]
