"""Where to go next, never to a foreign host."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, default: str = "/", *, name: str = "next") -> str:
    """The address asked for in POST or GET when it is ours, else `default`."""
    wanted = request.POST.get(name) or request.GET.get(name) or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else default


def address_exists(path: str) -> bool:
    """Whether one of our views answers there; Wagtail's catch-all matches everything and proves nothing."""
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def parent_path(path: str) -> str:
    """The nearest address above this one that exists: 返回 without a script. Empty on the home page."""
    parts = [part for part in urlsplit(path).path.split("/") if part]
    while parts:
        parts.pop()
        above = "/" + "".join(f"{part}/" for part in parts)
        if above == "/":
            return above
        if address_exists(above):
            return above
    return ""
