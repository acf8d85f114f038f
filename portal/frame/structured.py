"""A page's one address, its QR code, and data for programs inside it."""

import io
import json
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

import qrcode
import qrcode.image.svg
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.pagecache.registry import parameters_of

_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def canonical_address(request: HttpRequest) -> str:
    """Scheme, host, path and only the query parameters that the page reads, in one order; a cursor is no address."""
    match = request.resolver_match
    read = (parameters_of(match.view_name) if match else None) or frozenset()
    chosen = {name: request.GET[name] for name in sorted(read - {"cursor"}) if request.GET.get(name)}
    query = f"?{urlencode(chosen)}" if chosen else ""
    return request.build_absolute_uri(quote(request.path) + query)


def json_ld_element(value: Any) -> SafeString:
    """A data block: the browser never runs it, so the content policy needs no exception for it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above


@lru_cache(maxsize=256)
def qr_svg(text: str) -> SafeString:
    """Inline SVG, black on white whatever the mode, no style attribute."""
    image = qrcode.make(text, image_factory=qrcode.image.svg.SvgPathImage, box_size=10, border=2)
    buffer = io.BytesIO()
    image.save(buffer)
    svg = buffer.getvalue().decode()
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn by the library from our own address


def breadcrumb_list(links: list[tuple[str, str]]) -> dict[str, Any]:
    """schema.org's BreadcrumbList of (label, whole address) in order."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": label, "item": url}
            for position, (label, url) in enumerate(links, 1)
        ],
    }
