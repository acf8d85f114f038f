"""Anonymous pages from the memory of the worker, before anything else is asked. docs/caching.md."""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders
from django.utils.cache import patch_vary_headers

from .registry import parameters_of
from .rules import Key, look_of, matches_etag, may_be_kept
from .services import Version, current_version

REVALIDATE = "no-cache"  # a browser keeps the page and asks each time whether it is still the one: usually 304
NOBODY_ELSE = "private, no-store"
MESSAGES = "messages"


@dataclass
class KeptPage:
    body: bytes
    headers: dict[str, str]
    etag: str
    version: Version
    until: float
    packed: dict[str, tuple[bytes, ResponseHeaders]] = field(default_factory=dict)

    def encoded(self, encoding: str) -> tuple[bytes, ResponseHeaders]:
        """Body and headers, made when first asked for so. No secret in an anonymous page that its size could tell."""
        if encoding not in self.packed:
            body, headers = self.body, dict(self.headers)
            if encoding:
                body = brotli.compress(body, quality=5) if encoding == "br" else gzip.compress(body, 6, mtime=0)
                headers["Content-Encoding"] = encoding
            headers["Content-Length"] = str(len(body))
            self.packed[encoding] = (body, ResponseHeaders(headers))
        return self.packed[encoding]

    @property
    def size(self) -> int:
        return len(self.body) * 2


class Shelf:
    """The pages of this worker: the least recently used go first."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self.bytes = 0
        self.lock = threading.Lock()

    def get(self, key: Key) -> KeptPage | None:
        with self.lock:
            page = self.pages.get(key)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def put(self, key: Key, page: KeptPage, limit: int) -> None:
        if page.size > limit // 8:
            return
        with self.lock:
            if old := self.pages.pop(key, None):
                self.bytes -= old.size
            self.pages[key] = page
            self.bytes += page.size
            while self.bytes > limit:
                _key, dropped = self.pages.popitem(last=False)
                self.bytes -= dropped.size

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.bytes = 0


shelf = Shelf()


class PageCacheMiddleware:
    """Outermost but for the health answers: what it keeps has every header that the others add."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_visitor = settings.SESSION_COOKIE_NAME not in request.COOKIES
        if not (settings.PAGE_CACHE_SECONDS and is_visitor and request.method == "GET"):
            return self._private(request, self.get_response(request))
        if MESSAGES in request.COOKIES or "HTTP_AUTHORIZATION" in request.META:
            return self.get_response(request)
        # read before the page is made: what is committed meanwhile makes it an old one
        version = current_version()
        key = self._key(request)
        page = shelf.get(key)
        if page is None or page.version != version or page.until < time.monotonic():
            response = self.get_response(request)
            page = self._keep(request, response, key, version)
            if page is None:
                return response
        return self._answer(request, page)

    def _key(self, request: HttpRequest) -> Key:
        meta = request.META
        host = meta.get("HTTP_HOST") or meta.get("SERVER_NAME", "")
        return (
            request.scheme or "",
            f"{meta.get('HTTP_X_FORWARDED_HOST', '')}|{host}",
            request.path,
            meta.get("QUERY_STRING", ""),
            look_of(request.COOKIES),
        )

    def _keep(self, request: HttpRequest, response: HttpResponse, key: Key, version: Version) -> KeptPage | None:
        match = request.resolver_match
        parameters = parameters_of(match.view_name) if match else None
        if parameters is None or response.streaming:
            return None
        given = {name for name, _value in parse_qsl(key[3], keep_blank_values=True)}
        if not given <= parameters:
            return None  # the page repeats its address, so an unknown parameter is somebody's own
        if not may_be_kept(status=response.status_code, headers=response.headers, sets_cookies=bool(response.cookies)):
            return None
        body = response.content
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        response.headers["Cache-Control"] = REVALIDATE
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
        response.headers["ETag"] = etag
        headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
        until = time.monotonic() + settings.PAGE_CACHE_SECONDS
        page = KeptPage(body, headers, etag, version, until)
        shelf.put(key, page, settings.PAGE_CACHE_BYTES)
        return page

    def _answer(self, request: HttpRequest, page: KeptPage) -> HttpResponse:
        asked = request.META.get("HTTP_IF_NONE_MATCH")
        if asked and matches_etag(asked, page.etag):
            response: HttpResponse = HttpResponseNotModified()
            response.headers = ResponseHeaders({name: page.headers[name] for name in ("Cache-Control", "ETag", "Vary")})
            return response
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        body, headers = page.encoded("br" if "br" in accepted else "gzip" if "gzip" in accepted else "")
        response = HttpResponse(body)
        response.headers = headers  # shared by all answers: whatever stands outside of this must not add to them
        return response

    def _private(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Nobody keeps a page of somebody who is logged in: a family or a station shares the browser."""
        user = getattr(request, "user", None)
        if (
            "Cache-Control" not in response.headers
            and settings.SESSION_COOKIE_NAME in request.COOKIES
            and user is not None
            and user.is_authenticated
            and not response.headers.get("Content-Type", "").startswith(("image/", "font/"))
        ):
            response.headers["Cache-Control"] = NOBODY_ELSE
        return response
