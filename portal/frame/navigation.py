"""The navigation: features register what they have built, the frame shows nothing else.

Order of look.md: 10 提建议, 20 议事厅, 30 联络站, 40 民生实事, 50 办理台账, 60 评议公开, 70 动态.
The phone's bottom bar: 首页 (5), 提建议 (10), 查进度 (80), 我的 (90).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class NavigationItem:
    key: str
    label: str | Promise
    url_name: str | Callable[[], str]
    order: int
    icon: str = ""
    in_navigation: bool = True
    in_bottom_bar: bool = False


@dataclass(frozen=True)
class ShownItem:
    """An item ready to show: its address resolved, and whether the reader is there now."""

    key: str
    label: str | Promise
    url: str
    icon: str
    is_current: bool


_items: dict[str, NavigationItem] = {}


def register_item(
    key: str,
    label: str | Promise,
    url_name: str | Callable[[], str],
    order: int,
    in_bottom_bar: bool = False,
    *,
    in_navigation: bool = True,
    icon: str = "",
) -> None:
    """Called from AppConfig.ready(). The last call wins.

    `url_name`: a URL name, a path that starts with "/", or, for a page that an editor may take down, a function that
    answers its path, or "" while there is none.
    """
    _items[key] = NavigationItem(key, label, url_name, order, icon, in_navigation, in_bottom_bar)


_footer: dict[str, NavigationItem] = {}


def register_footer_link(key: str, label: str | Promise, url_name: str, order: int) -> None:
    """A line at the foot of every page (无障碍 10, 公开记录 30, 隐私 40, 网站地图 50), once its address exists."""
    _footer[key] = NavigationItem(key, label, url_name, order)


def footer_links(path: str) -> list["ShownItem"]:
    return _chosen(list(_footer.values()), path)


def _shown(item: NavigationItem, path: str) -> ShownItem | None:
    url = item.url_name if isinstance(item.url_name, str) else item.url_name()
    if not url:
        return None
    if not url.startswith("/"):
        try:
            url = reverse(url)
        except NoReverseMatch:
            return None
    is_current = path == url or (url != "/" and path.startswith(url))
    return ShownItem(item.key, item.label, url, item.icon, is_current)


def _chosen(items: list[NavigationItem], path: str) -> list[ShownItem]:
    shown = [entry for item in sorted(items, key=lambda i: (i.order, i.key)) if (entry := _shown(item, path))]
    # /proposals/new/ lies under /proposals/: only the longest address is "here"
    here = max((entry.url for entry in shown if entry.is_current), key=len, default=None)
    return [ShownItem(e.key, e.label, e.url, e.icon, e.url == here) for e in shown]


def navigation_items(path: str) -> list[ShownItem]:
    return _chosen([item for item in _items.values() if item.in_navigation], path)


def bottom_bar_items(path: str) -> list[ShownItem]:
    return _chosen([item for item in _items.values() if item.in_bottom_bar], path)
