"""Addresses of pages on the one site (decisions 20), without asking for Wagtail's table of sites for every row."""

from urllib.parse import quote, unquote


def address_of(url_path: str) -> str:
    """The address of a page from its path in the tree, whose first part is the home page."""
    return "/" + quote(url_path.split("/", 2)[2])


def tail_of(address: str) -> str:
    """What follows the home page's part in the tree: /news/a/ → news/a/."""
    return unquote(address).strip("/") + "/"
