"""gunicorn's worker with our own page for an address that is too long even for the server to read."""

import contextlib
import socket
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

DRAINED_BYTES = 512 * 1024


class PortalWorker(ThreadWorker):
    """Named in gunicorn.conf.py. Addresses up to the server's limit are refused by `LongAddressMiddleware`."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        with contextlib.suppress(OSError):
            _drain(client)
            client.sendall(too_long_answer())


def _drain(client: socket.socket) -> None:
    """What is still unread would make the close a reset, and the browser would show no page at all."""
    client.settimeout(0.3)
    left = DRAINED_BYTES
    with contextlib.suppress(TimeoutError):
        while left > 0 and (piece := client.recv(16384)):
            left -= len(piece)
    client.settimeout(5)


def too_long_answer() -> bytes:
    body = render_to_string("414.html", {"site_name": settings.WAGTAIL_SITE_NAME}).encode()
    head = (
        "HTTP/1.1 414 URI Too Long\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
        "Content-Security-Policy: default-src 'self'\r\nX-Content-Type-Options: nosniff\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
