"""Headers for every answer: display modes vary by cookie, a content policy by path, and what the browser may use."""

import contextlib
import logging
import re
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from .views.assets import asset
from .views.errors import TOO_LARGE, address_too_long, bad_request, method_not_allowed, page_not_found, unavailable

ASSETS = {"/assets/portal.css": "css", "/assets/portal.js": "js"}
logger = logging.getLogger(__name__)

PERMISSIONS_POLICY = (
    ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "autoplay",
            "browsing-topics",
            "camera",
            "display-capture",
            "encrypted-media",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "usb",
            "xr-spatial-tracking",
        )
    )
    + ", fullscreen=(self), geolocation=(self), publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


class DisplayModeMiddleware:
    """HTML differs by the mode cookies, so caches must know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class LongAddressMiddleware:
    """An address longer than any of ours gets a page of ours, before the server's own limit refuses it bare."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) + len(request.path_info) > settings.LONGEST_ADDRESS:
            return address_too_long(request)
        return self.get_response(request)


class AssetMiddleware:
    """Answers for the stylesheet and the script before session and account are asked: the same for everyone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kind = ASSETS.get(request.path_info)
        return asset(request, kind) if kind else self.get_response(request)


class UnavailableMiddleware:
    """A database that is busy, full or away is a 503 with what was typed, not a fault of ours to be looked for."""

    SIGNS = re.compile(
        "database is locked|disk is full|disk I/O|unable to open|connection|server closed|too many clients"
        "|starting up|shutting down|statement timeout|No space left",
        re.IGNORECASE,
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError) and self.SIGNS.search(str(exception)):
            logger.error("503 %s: %s", request.path, exception)
            return unavailable(request)
        return None


class TooLargeMiddleware:
    """More than a form takes gets our 413, with DEBUG on as well, before the CSRF check meets it unprepared.

    What the browser still sends is read and dropped: a connection cut in the middle shows the browser's own error.
    """

    DROPPED_AT_MOST = 64 * 1024 * 1024

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        try:
            request.POST  # noqa: B018 - reading it is the check
        except TOO_LARGE as problem:
            left = self.DROPPED_AT_MOST
            with contextlib.suppress(Exception):  # whatever happens to the rest, the answer is the same
                while left > 0 and (piece := request.read(64 * 1024)):
                    left -= len(piece)
            return bad_request(request, problem)
        return None


class MethodNotAllowedMiddleware:
    """Django's 405 has no text; whoever opens the address behind a button gets a page that says what it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            return method_not_allowed(request, response.get("Allow", ""))
        return response


class DemoNotFoundMiddleware:
    """Where DEBUG is on for visitors (`make demo`, `make serve`): our page for an unknown address, not Django's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not (settings.DEMO or settings.DEMO_CHANNELS):
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_no_address = response.status_code == 404 and request.resolver_match is None
        return page_not_found(request) if is_no_address else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page_not_found(request, exception) if isinstance(exception, Http404) else None


class PathContentPolicyMiddleware(CSPMiddleware):
    """django-csp with two policies: nothing inline and no nonce for the public, nonces under /admin/ only."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        is_staff_side = request.path_info.startswith(settings.STAFF_PATH_PREFIX)
        if is_staff_side and not report_only and parts.config is None:
            # every staff page carries a nonce, even when its template did not ask for one
            parts.config = settings.STAFF_CONTENT_SECURITY_POLICY
        return parts
