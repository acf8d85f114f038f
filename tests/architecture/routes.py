"""Every route of the resolver, Wagtail's and the libraries' included."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.regex_helper import normalize

OUR_PACKAGES = ("portal.", "participation.", "liaison_stations.", "home.")


@dataclass(frozen=True)
class Route:
    """`key` is the name with its namespaces, or the path where there is no name or several routes share one."""

    key: str
    template: str
    parameters: tuple[str, ...]
    namespace: str
    is_ours: bool
    is_csrf_exempt: bool

    def path(self, values: dict[str, Any]) -> str:
        return self.template % values


def _template(pattern: RoutePattern | RegexPattern | Any) -> tuple[str, list[str]]:
    """The pattern as a %-template, with the names of its parameters."""
    if isinstance(pattern, RegexPattern):
        text, parameters = normalize(pattern._regex)[0]
        return text, list(parameters)
    route = str(pattern).replace("%", "%%")
    return re.sub(r"<(?:[^>:]+:)?([^>]+)>", r"%(\1)s", route), list(pattern.converters)


def _is_ours(view: Callable[..., Any]) -> bool:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    view = getattr(view, "view_class", view)
    kwargs = getattr(view, "view_initkwargs", None) or {}
    modules = [getattr(view, "__module__", ""), getattr(kwargs.get("model"), "__module__", "")]
    return any(module.startswith(OUR_PACKAGES) for module in modules)


def _walk(resolver: URLResolver, prefix: str, parameters: list[str], namespaces: list[str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        text, own = _template(entry.pattern)
        here, all_parameters = prefix + text, parameters + own
        if isinstance(entry, URLResolver):
            inner = [*namespaces, entry.namespace] if entry.namespace else namespaces
            yield from _walk(entry, here, all_parameters, inner)
        elif isinstance(entry, URLPattern):
            kwargs = entry.default_args or {}
            ours = _is_ours(entry.callback) or getattr(kwargs.get("model"), "__module__", "").startswith(OUR_PACKAGES)
            exempt = bool(getattr(entry.callback, "csrf_exempt", False))
            key = ":".join([*namespaces, entry.name]) if entry.name else here
            yield Route(key, here, tuple(all_parameters), ":".join(namespaces), ours, exempt)


def all_routes() -> list[Route]:
    first: dict[str, Route] = {}
    for route in _walk(get_resolver(), "/", [], []):
        first.setdefault(route.template, route)  # a second route at the same address is never reached
    routes = list(first.values())
    shared = {key for key, count in Counter(route.key for route in routes).items() if count > 1}
    keyed: dict[str, Route] = {}
    for route in routes:
        if route.key in shared:
            signature = ",".join(route.parameters)
            candidates = [f"{route.key}({signature})", f"{route.key} {route.template}"]
            key = next(each for each in candidates if each not in keyed)
            route = replace(route, key=key)
        keyed[route.key] = route
    return list(keyed.values())
