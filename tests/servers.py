"""The real server for black-box tests: gunicorn with two workers, its own database copy, its own var folder.

Tests speak HTTP to it and read what it wrote (`var/sms.log`, `var/mail/`); they may look into its database, read-only.
"""

import http.client
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from portal.settings.gate import GATE_LIMITS
from scripts.fingerprint import DEMO, MIGRATIONS, fingerprint
from scripts.server import free_port, start_server, stop, wait_until_up
from tests.databases import ROOT, Store, manage, migrated

INSIDE = Path(__file__).parent / "inside"
PASSWORD = "journey-password-0123456789"
KEYS = {
    "SECRET_KEY": "served-tests-only-secret-key-0123456789-0123456789-0123456789",
    "FIELD_KEY": "served-tests-only-field-key-0123456789-0123456789-0123456789",
}
# Black-box tests are quicker than people and all come from one address.
UNHURRIED = {f"GATE_{name.upper()}": "100000/1" for name in GATE_LIMITS} | {
    "GATE_FORM_SECONDS": "0/1",
    "CODE_WAIT_SECONDS": "0",
}


@dataclass
class Answer:
    status: int
    text: str
    headers: http.client.HTTPMessage
    url: str


def multipart(data: dict[str, Any], files: dict[str, bytes]) -> tuple[bytes, str]:
    """The body and its content type."""
    edge = "----portal-tests-edge"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in data.items()]  # fmt: skip
    for name, content in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.jpg"\r\n'
        parts.append(f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


class Client:
    """A small HTTP client with a cookie jar, for many at once in threads; it does not follow redirects by itself."""

    def __init__(self, server: "Server") -> None:
        self.server = server
        self.cookies: dict[str, str] = {}

    def request(
        self, method: str, path: str, data: dict[str, Any] | None = None, files: dict[str, bytes] | None = None
    ) -> Answer:
        headers = {"Host": f"127.0.0.1:{self.server.port}", "Referer": self.server.url + path}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if files is not None:
            body, headers["Content-Type"] = multipart(data or {}, files)
        elif data is not None:
            body = urlencode(data, doseq=True).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        with closing(connection):
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        for header in response.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        return Answer(response.status, text, response.headers, path)

    def get(self, path: str) -> Answer:
        """GET, following redirects within the server."""
        answer = self.request("GET", path)
        for _ in range(5):
            if answer.status not in (301, 302, 303, 307, 308):
                break
            target = urlsplit(answer.headers["Location"])
            answer = self.request("GET", target.path + (f"?{target.query}" if target.query else ""))
        return answer

    def fields(self, page: Answer, having: str) -> dict[str, str]:
        """The hidden fields (CSRF, form key, form age) of the page's first form that contains the text `having`."""
        for form in re.findall(r"<form\b.*?</form>", page.text, re.S):
            if having in form:
                hidden = re.findall(r"<input\b[^>]*type=[\"']hidden[\"'][^>]*>", form)
                pairs = [(re.search(r'name="([^"]*)"', each), re.search(r'value="([^"]*)"', each)) for each in hidden]
                return {name[1]: value[1] if value else "" for name, value in pairs if name}
        raise AssertionError(f"no form with {having!r} on {page.url}")

    def post(self, path: str, data: dict[str, Any] | None = None, files: dict[str, bytes] | None = None) -> Answer:
        """POST with the CSRF token of the jar, with JPEG files by field; no redirect is followed."""
        token = self.cookies.get("csrftoken", "")
        return self.request("POST", path, {"csrfmiddlewaretoken": token} | (data or {}), files)

    def twin(self) -> "Client":
        """The same visitor once more, for parallel requests."""
        twin = Client(self.server)
        twin.cookies = dict(self.cookies)
        return twin

    def log_in(self, session_key: str) -> None:
        """Take over a session made by `Server.sessions`: no log-in form, for load with many accounts."""
        self.cookies["sessionid"] = session_key


class Server:
    """Started by the `server` fixture; `url`, `var`, `database_url`, and the accounts of the cast with one password."""

    kind, prepared = "served", ("--cast-only",)

    def __init__(self, store: Store, name: str) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="portal-served-")
        self.var = Path(self.folder.name)
        template = f"{self.kind}_{fingerprint(*MIGRATIONS, *DEMO)}"
        base = store.template(f"migrated_{fingerprint(*MIGRATIONS)}", migrated)
        store.template(template, self._prepare, base=base)
        self.database_url = store.copy(template, name)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = (self.var / "server.log").open("wb")
        self.process = start_server(self.port, env=self.environment(), output=self.log)
        self.keeper: subprocess.Popen[str] | None = None
        self.cookies: dict[str, list[Any]] = {}  # of a browser in which that person of the cast has logged in
        wait_until_up(self.port, self.process)

    def environment(self, **more: str) -> dict[str, str]:
        """Development settings with DEBUG off: the error pages are the real ones, static files come from the tree."""
        served = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "DEBUG": "false", "DEMO": "true"}
        served |= {"DEMO_CHANNELS": "true"}  # codes are written to var/sms.log
        served |= {"VAR_DIR": str(self.var), "DATABASE_URL": getattr(self, "database_url", "")}
        served |= {"STAFF_MFA_REQUIRED": "false", "DEMO_PASSWORD": PASSWORD, "BASE_URL": getattr(self, "url", "")}
        return os.environ | served | KEYS | UNHURRIED | more

    def _prepare(self, url: str) -> None:
        manage("prepare_demo", *self.prepared, url=url, **self.environment(DEBUG="true", DATABASE_URL=url))

    def manage(self, *arguments: str, **environment: str) -> None:
        """Run a command on the served database, as an operator or cron would."""
        self._ask(command=arguments, environment=environment)

    def client(self) -> Client:
        return Client(self)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the served database holds, read from outside."""
        if self.database_url.startswith("sqlite"):
            with closing(sqlite3.connect(urlsplit(self.database_url).path, timeout=20)) as connection:
                return connection.execute(sql).fetchall()
        import psycopg

        with psycopg.connect(self.database_url.replace("postgres://", "postgresql://", 1)) as connection:
            return connection.execute(sql).fetchall()  # type: ignore[call-overload, no-any-return]

    def inside(self, script: str, **environment: str) -> Any:
        """The `answer` of a script of tests/inside/, run in the served portal."""
        return self._ask(script=str(INSIDE / f"{script}.py"), environment=environment)

    def _ask(self, **task: Any) -> Any:
        """Of the keeper, which starts at the first question."""
        if self.keeper is None:
            self.keeper = subprocess.Popen(
                [sys.executable, "-m", "tests.inside.keeper"], cwd=ROOT, env=self.environment(), text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
            )  # fmt: skip
        assert self.keeper.stdin is not None and self.keeper.stdout is not None
        print(json.dumps(task), file=self.keeper.stdin, flush=True)
        reply = json.loads(self.keeper.stdout.readline() or '{"error": "the keeper is gone, see server.log"}')
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply["answer"]

    def sessions(self, count: int) -> list[str]:
        """Session keys of `count` new verified residents, already logged in: for load, not for journeys."""
        keys: list[str] = self.inside("make_sessions", COUNT=str(count))
        return keys

    def published_proposal(self, title: str = "小区路灯坏了三个月") -> str:
        """The number of a new public proposal by `resident`."""
        number: str = self.inside("publish_proposal", TITLE=title)
        return number

    def codes(self) -> list[str]:
        """Codes sent by text message, oldest first."""
        path = self.var / "sms.log"
        return re.findall(r"(?<!\d)\d{6}(?!\d)", path.read_text()) if path.exists() else []

    def mails(self) -> list[str]:
        """Mails sent, oldest first, as text."""
        folder = self.var / "mail"
        return [path.read_text(errors="replace") for path in sorted(folder.glob("*"))] if folder.exists() else []

    def log_text(self) -> str:
        return (self.var / "server.log").read_text(errors="replace")

    def close(self) -> None:
        if self.keeper is not None:
            stop(self.keeper)
        stop(self.process)
        self.log.close()
        self.folder.cleanup()


class DemoServer(Server):
    """With all of the demo's matters, in every state."""

    kind, prepared = "served_demo", ()
