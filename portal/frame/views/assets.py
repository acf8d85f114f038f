"""The joined stylesheet and script, the mark, the service worker and what it shows without a network."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ..assets import STATIC_DIR, bundle, script_url, stylesheet_url

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def asset(request: HttpRequest, kind: str) -> HttpResponse:
    """The joined stylesheet or script: kept for ever under ?v=<its digest>, briefly under any other."""
    packed = bundle(kind)
    response = HttpResponse(content_type=packed.content_type)
    accepted = request.headers.get("Accept-Encoding", "")
    if "br" in accepted:
        response.content, response["Content-Encoding"] = packed.brotli, "br"
    elif "gzip" in accepted:
        response.content, response["Content-Encoding"] = packed.gzip, "gzip"
    else:
        response.content = packed.body
    response["Cache-Control"] = FOREVER if request.GET.get("v") == packed.digest else "public, max-age=60"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return _mark("mark.svg", "image/svg+xml")


@require_safe
def favicon_ico(request: HttpRequest) -> HttpResponse:
    """The same mark where browsers ask unbidden, and for those that draw no SVG."""
    return _mark("favicon.ico", "image/x-icon")


def _mark(name: str, content_type: str) -> HttpResponse:
    body = (STATIC_DIR / "img" / name).read_bytes()
    return HttpResponse(body, content_type=content_type, headers={"Cache-Control": "public, max-age=604800"})


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, because a worker only governs what lies below its own address."""
    text = render_to_string("frame/sw.js", {"stylesheet": stylesheet_url(), "script": script_url()})
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the service worker when there is no network; the same for everyone."""
    return HttpResponse(render_to_string("frame/offline.html"), headers={"Cache-Control": "public, max-age=86400"})
