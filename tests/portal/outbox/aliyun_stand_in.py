"""Stands in for the provider's gateway: checks the signature from what came over the line, and answers as it is told.

Written from the provider's description and not with our own signing code.
"""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

KEY_ID, SECRET = "demo-key", "demo-secret"
OK = (200, {"Code": "OK", "Message": "OK", "BizId": "1"})


class StandIn:
    """`answers` are used up in their order, each (status, body) or something to call; then everything is OK."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.taken: list[dict[str, str]] = []
        self.nonces: set[str] = set()
        self.asked = 0
        self.url = ""

    def answer(self, method: str, target: str, headers: dict[str, str]) -> tuple[int, Any]:
        self.asked += 1
        if problem := self.problem_with(method, target, headers):
            return 400, {"Code": problem, "Message": problem}
        status, body = OK
        if self.answers:
            given = self.answers.pop(0)
            status, body = given() if callable(given) else given
        if body == OK[1]:
            self.taken.append(dict(parse_qsl(urlsplit(target).query, keep_blank_values=True)))
        return status, body

    def problem_with(self, method: str, target: str, headers: dict[str, str]) -> str:
        scheme, _space, rest = headers.get("authorization", "").partition(" ")
        said = dict(part.split("=", 1) for part in rest.split(",") if "=" in part)
        needed = {"host"} | {name for name in headers if name.startswith("x-acs-")}
        signed = said.get("SignedHeaders", "").split(";")
        if scheme != "ACS3-HMAC-SHA256" or said.get("Credential") != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        if not needed <= set(signed) or signed != sorted(signed):
            return "IncompleteSignature"
        when = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs((datetime.now(UTC) - when).total_seconds()) > 900:
            return "InvalidTimeStamp.Expired"
        if headers["x-acs-signature-nonce"] in self.nonces:
            return "SignatureNonceUsed"
        self.nonces.add(headers["x-acs-signature-nonce"])
        canonical = f"{method}\n/\n{urlsplit(target).query}\n"
        canonical += "".join(f"{name}:{headers[name]}\n" for name in signed)
        canonical += f"\n{';'.join(signed)}\n{headers['x-acs-content-sha256']}"
        to_sign = f"{scheme}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        wanted = hmac.new(SECRET.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
        return "" if hmac.compare_digest(wanted, said.get("Signature", "")) else "SignatureDoesNotMatch"


def slow(seconds: float, then: Any = OK) -> Callable[[], Any]:
    def answer() -> Any:
        time.sleep(seconds)
        return then

    return answer


@contextmanager
def stand_in() -> Iterator[StandIn]:
    there = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, body = there.answer("POST", self.path, headers)
            text = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *args: None  # whoever asked has gone away
    there.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
