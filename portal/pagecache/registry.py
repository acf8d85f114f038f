"""Which addresses are the same for every anonymous visitor, and which query parameters they read."""

_pages: dict[str, frozenset[str]] = {}


def register_page(view_name: str, *parameters: str) -> None:
    """Called from AppConfig.ready(). `view_name` as in `{% url %}`; any other parameter makes an answer uncacheable."""
    _pages[view_name] = frozenset(parameters)


def parameters_of(view_name: str) -> frozenset[str] | None:
    """What the page reads of its address, or None for a page that is never kept."""
    return _pages.get(view_name)
